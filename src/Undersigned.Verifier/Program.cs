using Undersigned.Verifier;

return await Verify.RunAsync(args, Console.Out, Console.Error, showProgress: !Console.IsErrorRedirected);
