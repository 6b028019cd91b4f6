namespace Undersigned.Model;

/// <summary>Who is let in how, what is counted, and for how long personal data is kept: the rules that the log commits to, and the desk's own limits.</summary>
public sealed partial class Letter
{
    public AdmissionRules Admission { get; set; } = new();
    public SigningLimits Limits { get; set; } = new();
    /// <summary>Named intervals of years, by which the list is counted.</summary>
    public List<Era> Eras { get; set; } = [];
    /// <summary>What an era and a group of eras are called in the sentence that counts them.</summary>
    public EraWords EraWords { get; set; } = new();
    /// <summary>Domains that the letter lists, and the addressee's.</summary>
    public List<ListedDomain> Domains { get; set; } = [];
    /// <summary>Days after closing at which personal data is destroyed, except of those who asked to be kept informed.</summary>
    public int RetentionDays { get; set; } = 180;
    /// <summary>When personal data is destroyed; null while the letter is not closed.</summary>
    public DateTimeOffset? KeepingEndsAt => this is { State: LetterState.Closed, ClosedAt: { } closed } ? closed.AddDays(RetentionDays) : null;
    /// <summary>An earlier letter, whose verification carries over to this one.</summary>
    public long? FollowsLetterId { get; set; }

    /// <summary>When the next edition is published by itself; null while editions are published by hand.</summary>
    public DateTimeOffset? EditionAt { get; set; }
    public int EditionEveryHours { get; set; } = 24;

    /// <summary>False: names are shown once their address is confirmed, unless something about them is odd.</summary>
    public bool GlanceRequired
    {
        get => Admission.NoGlance.Count < Enum.GetValues<SignatureLevel>().Length;
        set
        {
            // Rules by level stay as they are where they say the same already.
            if (value != GlanceRequired)
                Admission = Admission with { NoGlance = value ? [] : [.. Enum.GetValues<SignatureLevel>()] };
        }
    }
}

/// <summary>How many people look at a name before it is public.</summary>
public sealed record AdmissionRules
{
    /// <summary>Levels that are let in at once, where nothing about the name is odd.</summary>
    public IReadOnlyList<SignatureLevel> NoGlance { get; init; } = [];
    /// <summary>Levels that two different people must let in.</summary>
    public IReadOnlyList<SignatureLevel> TwoPeople { get; init; } = [];
    /// <summary>Whether the shipped list of titles of office waits for two, besides the organiser's own names.</summary>
    public bool ShippedTitles { get; init; } = true;
    /// <summary>Words that set a line aside; folded.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
    /// <summary>The desk raises an alarm when more than so many wait.</summary>
    public int AlarmAbove { get; init; } = 100;

    public int LooksFor(SignatureLevel level) => TwoPeople.Contains(level) ? 2 : NoGlance.Contains(level) ? 0 : 1;
}

/// <summary>
/// Forms that are taken before somebody waits; burst: in ten minutes, sustained: in a day. From how many in ten minutes signing is under
/// suspicion, if it is so many times the usual. And the letter's budget of mails.
/// </summary>
public sealed record SigningLimits
{
    public int AddressBurst { get; init; } = 10;
    public int AddressSustained { get; init; } = 30;
    public int NetworkBurst { get; init; } = 120;
    public int NetworkSustained { get; init; } = 1_000;
    public int DomainBurst { get; init; } = 300;
    public int DomainSustained { get; init; } = 3_000;
    public int LetterBurst { get; init; } = 20_000;
    public int LetterSustained { get; init; } = 200_000;

    public int SuspectNetwork { get; init; } = 20;
    public int SuspectDomain { get; init; } = 100;
    public int SuspectLetter { get; init; } = 2_000;
    public int SuspectTimes { get; init; } = 5;
    /// <summary>An owner's switch: every form is under suspicion.</summary>
    public bool AskForWork { get; init; }

    public int MailsAnHour { get; init; } = 3_000;
    public int MailsADay { get; init; } = 20_000;
}

/// <summary>A name or a title of office for which two people must agree.</summary>
public sealed class WatchName
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    public required string Name { get; set; }
    public List<string> Aliases { get; set; } = [];
    /// <summary>Who that is, for the reviewer: "Attorney General until 2019".</summary>
    public string Context { get; set; } = "";
    public bool IsTitle { get; set; }
    public long AddedBy { get; set; }
    public DateTimeOffset At { get; set; }
}

/// <summary>An address on the maintainers' roster, as a keyed hash alone; and the name that goes with it, likewise, as a hint.</summary>
public sealed class RosterEntry
{
    public long LetterId { get; set; }
    /// <summary><c>InstanceKeys.AddressTag</c> within this letter.</summary>
    public required byte[] AddressTag { get; set; }
    public byte[]? NameTag { get; set; }
    public long AddedBy { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>One key for "Ada Lockwood" and "LOCKWOOD, Ada".</summary>
    public static string NameKey(string name) => string.Join(' ', NameFolding.Fold(name).Split(' ').Order(StringComparer.Ordinal));
}

/// <summary>The list as it stood at one published tree size, numbered: "edition 4: +412, 3 withdrawn, 1 corrected".</summary>
public sealed class Edition
{
    public long LetterId { get; set; }
    public int Number { get; set; }
    public long Size { get; set; }
    public DateTimeOffset At { get; set; }
    public int Standing { get; set; }
    public int Added { get; set; }
    public int Withdrawn { get; set; }
    public int Removed { get; set; }
    public int Corrected { get; set; }
    public long PostId { get; set; }
}
