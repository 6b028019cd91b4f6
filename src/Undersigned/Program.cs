using Undersigned.Operation;

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
