using System.CommandLine;

namespace Undersigned.Operation;

/// <summary>`undersigned export --static SLUG FOLDER`: the same copy, made beside the running instance that keeps the letter.</summary>
internal static class ExportVerb
{
    public static Command Make(TextWriter output, TextWriter error)
    {
        var letter = new Argument<string>("letter") { Description = "The letter's slug, the last part of its address." };
        var folder = MirrorVerb.Folder();
        var isStatic = new Option<bool>("--static") { Description = "As plain files that any web server serves: pages, list, record.", Required = true };
        var command = new Command("export", "Take a letter out of this instance, for an archive or another web server. The instance has to run.") { letter, folder, isStatic }
            .WithExample("undersigned export --static waterways /srv/waterways --data /var/lib/undersigned --url https://letters.example.org");
        command.SetAction([Setting.Data, Setting.Url, Setting.Listen, Setting.Port], error, (settings, parsed, cancellation) => Trouble.SayAsync(
            () =>
            {
                var path = "/letters/" + Uri.EscapeDataString(parsed.GetValue(letter)!);
                var here = new Uri(settings.ListenUrl + settings.Instance.PublicUrl.AbsolutePath.TrimEnd('/') + path);
                return MirrorVerb.RunAsync(here, new Uri(settings.Instance.UrlOf(path)), parsed.GetValue(folder)!, output, error, cancellation);
            }, error));
        return command;
    }
}
