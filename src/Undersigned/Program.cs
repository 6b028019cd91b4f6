Console.WriteLine("undersigned");
