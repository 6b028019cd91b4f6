using System.CommandLine;
using Undersigned.Shared;

namespace Undersigned.Operation;

/// <summary>`undersigned mirror URL FOLDER`: anybody's copy of a public letter, as plain files.</summary>
internal static class MirrorVerb
{
    public static Command Make(TextWriter output, TextWriter error)
    {
        var letter = new Argument<string>("url") { Description = "The letter's address." };
        var folder = Folder();
        var command = new Command("mirror", "Copy a letter as plain files that any web server serves: its pages, its list, its record. No forms.") { letter, folder }
            .WithExample("undersigned mirror https://letters.example.org/letters/waterways ./waterways");
        command.SetAction((parsed, cancellation) => Trouble.SayAsync(
            () => RunAsync(AddressOf(parsed.GetValue(letter)!), null, parsed.GetValue(folder)!, output, error, cancellation), error));
        return command;
    }

    public static Argument<string> Folder() => new("folder") { Description = "Where to; new, empty, or an earlier copy, which is replaced once the new one is whole." };

    /// <summary>Copies from <paramref name="letter"/>; the copy names <paramref name="shown"/>, where that is another address of the same.</summary>
    public static async Task<int> RunAsync(Uri letter, Uri? shown, string folder, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            UseCookies = false,
        })
        { Timeout = TimeSpan.FromMinutes(2) };
        var copy = new StaticCopy(http, letter, shown ?? letter, folder, error);
        if (await copy.MakeAsync(cancellation) is not { } made)
            return ExitStatus.Failed;
        await output.WriteLineAsync(made.Sentence);
        await output.WriteLineAsync($"{Printed.Number(made.Files)} files in {folder}. Serve the folder with any web server; check the copy there with: undersigned verify list URL-OF-THE-COPY/letters/{letter.Segments[^1]}");
        return ExitStatus.Done;
    }

    private static Uri AddressOf(string typed) =>
        Uri.TryCreate(typed.TrimEnd('/'), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { Query: "", Fragment: "" } && address.Segments is [.., "letters/", not "letters/"]
            ? address : throw new UsageException($"{typed} is no letter's address. It looks like this: https://letters.example.org/letters/waterways");
}
