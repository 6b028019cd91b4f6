using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Desk;

/// <summary>A page of all signatures, as they are at this time. Where there is another, next is its address.</summary>
public sealed record SheetAnswer(string Letter, string Time, string? Next, IReadOnlyList<SheetSignature> Signatures);

/// <summary>What the desk's spreadsheet has of a signature. State, evidence and reports are named as the program keeps them.</summary>
public sealed record SheetSignature(
    long Signature, int? Number, string State, string Since, string Level, string Name, string? Position, string? Organization, IReadOnlyList<YearSpan>? Years, string? Location,
    string? Address, string Source, string Signed, string? Confirmed, string? ConfirmedHow, string? Listed, string? Reason, string? Decided, string? Note,
    bool KeepInformed, bool PressMayCall, string? Telephone, string? Place, int Revision, IReadOnlyList<SheetEvidence> Evidence, IReadOnlyList<SheetReport> Reports);

public sealed record SheetEvidence(string Kind, string At, string? What, string? Claim, string? Ended);

/// <summary>What somebody wrote to the desk about the line.</summary>
public sealed record SheetReport(string Kind, string State, string At, string? Address, string? Text, string? Outcome, string? Answer);

/// <summary>How many signatures are in each state, how those that stand were checked, what is held, and the last thirty days.</summary>
public sealed record FiguresAnswer(
    string Letter, string LetterState, string Time, IReadOnlyDictionary<string, int> States, IReadOnlyDictionary<string, int> ByLevel, int Waiting, HeldAnswer Held, IReadOnlyList<DayAnswer> Days);

public sealed record HeldAnswer(bool Signing, bool Publishing, bool Mail);

/// <summary>A day in UTC: forms sent, addresses confirmed, names that came on the list, and who left it.</summary>
public sealed record DayAnswer(string Day, int Signed, int Confirmed, int Listed, int Left);

/// <summary>All signatures and the desk's numbers, for programs of the organiser's.</summary>
public static class DeskApi
{
    private const int PageSize = 500;
    private const int Days = 30;
    private static readonly TimeSpan SameLookWithin = TimeSpan.FromHours(1);

    public static void MapDeskApi(this WebApplication app)
    {
        app.MapTokenApi("/signatures", ApiScope.Signatures, ShowSignaturesAsync, "Every signature of the token's letter with all that the desk's spreadsheet has of it, 500 a page, in the order in which they came");
        app.MapTokenApi("/figures", ApiScope.Figures, ShowFiguresAsync, "How many signatures are in which state, and the last thirty days");
        // Scripts of other sites may not ask, as they may elsewhere below /api/v1.
        app.MapMethods(TokenApi.Root + "/{**address}", ["GET", "OPTIONS"], () => Problems.NoSuchAddress()).ExcludeFromDescription();
    }

    private static async Task<Ok<SheetAnswer>> ShowSignaturesAsync(long? after, HttpContext http, SignatureSheet sheet, UndersignedDb db, TimeProvider time, CancellationToken cancellation)
    {
        var (token, now) = (http.Token(), time.GetUtcNow());
        await LookedAtAsync(db, token, now, cancellation);
        var page = await sheet.PageAsync(token.LetterId, after ?? 0, PageSize + 1, cancellation);
        var next = page.Count > PageSize ? string.Create(CultureInfo.InvariantCulture, $"{http.Request.PathBase}{TokenApi.Root}/signatures?after={page[PageSize - 1].Signature.Id}") : null;
        return TypedResults.Ok(new SheetAnswer(await SlugAsync(db, token, cancellation), Printed.Machine(now), next, [.. page.Take(PageSize).Select(Shown)]));
    }

    private static async Task<Ok<FiguresAnswer>> ShowFiguresAsync(HttpContext http, UndersignedDb db, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var letter = await db.Letters.AsNoTracking().SingleAsync(l => l.Id == http.Token().LetterId, cancellation);
        var counts = await db.Signatures.Where(s => s.LetterId == letter.Id).GroupBy(s => new { s.State, s.Level }).Select(g => new { g.Key.State, g.Key.Level, Count = g.Count() }).ToListAsync(cancellation);
        var states = Enum.GetValues<SignatureState>().ToDictionary(Code, state => counts.Where(c => c.State == state).Sum(c => c.Count));
        var levels = Enum.GetValues<SignatureLevel>().ToDictionary(LevelModel.Code, level => counts.Where(c => c.State == SignatureState.Listed && c.Level == level).Sum(c => c.Count));
        return TypedResults.Ok(new FiguresAnswer(
            letter.Slug, Code(letter.State), Printed.Machine(now), states, levels, states[Code(SignatureState.Confirmed)] + states[Code(SignatureState.InReview)],
            new HeldAnswer(letter.HoldSigning, letter.HoldPublishing, letter.HoldMail), await DaysAsync(db, letter.Id, now, cancellation)));
    }

    private static async Task<IReadOnlyList<DayAnswer>> DaysAsync(UndersignedDb db, long letterId, DateTimeOffset now, CancellationToken cancellation)
    {
        var first = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1 - Days);
        var ours = db.Signatures.AsNoTracking().Where(s => s.LetterId == letterId);
        var signed = await CountAsync(ours.Where(s => s.SubmittedAt >= first).Select(s => s.SubmittedAt), cancellation);
        var confirmed = await CountAsync(ours.Where(s => s.ConfirmedAt >= first).Select(s => s.ConfirmedAt!.Value), cancellation);
        var listed = await CountAsync(ours.Where(s => s.ListedAt >= first).Select(s => s.ListedAt!.Value), cancellation);
        // When somebody left who was erased since is known nowhere any more; they are not counted on a day of another.
        var left = await CountAsync(ours.Where(s => s.StateAt >= first && s.ListedAt != null && s.State != SignatureState.Listed && s.State != SignatureState.Erased).Select(s => s.StateAt), cancellation);
        return [.. Enumerable.Range(0, Days).Select(i => DateOnly.FromDateTime(first.UtcDateTime).AddDays(i)).Select(d =>
            new DayAnswer(Printed.Machine(d), signed.GetValueOrDefault(d), confirmed.GetValueOrDefault(d), listed.GetValueOrDefault(d), left.GetValueOrDefault(d)))];
    }

    private static async Task<Dictionary<DateOnly, int>> CountAsync(IQueryable<DateTimeOffset> times, CancellationToken cancellation) =>
        (await times.ToListAsync(cancellation)).GroupBy(t => DateOnly.FromDateTime(t.UtcDateTime)).ToDictionary(g => g.Key, g => g.Count());

    /// <summary>Addresses left by this token: once an hour, as with somebody who is shown them.</summary>
    private static async Task LookedAtAsync(UndersignedDb db, ApiToken token, DateTimeOffset now, CancellationToken cancellation)
    {
        var (since, detail) = (now - SameLookWithin, string.Create(CultureInfo.InvariantCulture, $"{token.Name} (token {token.Id})"));
        if (await db.Acts.AnyAsync(a => a.LetterId == token.LetterId && a.At > since && a.What == "token-read" && a.Detail == detail, cancellation))
            return;
        db.Acts.Add(new StaffAct { LetterId = token.LetterId, AccountId = StaffAct.Console, At = now, What = "token-read", Detail = detail });
        await db.SaveChangesAsync(cancellation);
    }

    private static Task<string> SlugAsync(UndersignedDb db, ApiToken token, CancellationToken cancellation) => db.Letters.Where(l => l.Id == token.LetterId).Select(l => l.Slug).SingleAsync(cancellation);

    private static SheetSignature Shown(SheetEntry entry)
    {
        var (s, line) = (entry.Signature, entry.Signature.ToShown());
        return new SheetSignature(
            s.Id, s.Number, Code(s.State), Printed.Machine(s.StateAt), LevelModel.Code(s.Level), s.Name, line.Position, line.Organization, line.Years, s.Location,
            s.Email, Code(s.Source), Printed.Machine(s.SubmittedAt), Time(s.ConfirmedAt), s.ConfirmedHow is { } how ? Code(how) : null, Time(s.ListedAt), s.DecisionReason, Time(s.DecidedAt), s.Note,
            s.KeepInformed, s.PressMayCall, s.Telephone, s.Place, s.Revision,
            [.. entry.Evidence.Select(e => new SheetEvidence(Code(e.Kind), Printed.Machine(e.At), e.What, e.Claim, Time(e.EndedAt)))],
            [.. entry.Reports.Select(r => new SheetReport(Code(r.Kind), Code(r.State), Printed.Machine(r.SubmittedAt), r.Email, r.Text, r.Outcome is { } outcome ? Code(outcome) : null, r.Answer))]);
    }

    private static string Code<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string? Time(DateTimeOffset? at) => at is { } time ? Printed.Machine(time) : null;
}
