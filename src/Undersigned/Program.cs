using System.Globalization;
using Undersigned.Operation;

// Whatever the host's LANG: what is written down and compared does not depend on it, and what pages and mails speak is said where they are drawn.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
