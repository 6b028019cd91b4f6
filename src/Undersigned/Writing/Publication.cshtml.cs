using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Writing;

/// <summary>Publishes now or at a time, and ends the letter's life: closing, closed, reopened.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class PublicationModel(UndersignedDb db, Instance instance, WorkSignal signal, TimeProvider time) : StaffPage(db, time)
{
    [BindProperty]
    public string? When { get; set; }
    [BindProperty]
    public string? Zone { get; set; }
    /// <summary>Edition 1 is published with the letter, and a new one every day on which the list has changed.</summary>
    [BindProperty]
    public bool Editions { get; set; }

    public string Address => instance.UrlOf("/letters/" + Letter.Slug);
    public IReadOnlyList<string> Missing { get; private set; } = [];
    /// <summary>Let in: they stand when the letter goes out, or within a second.</summary>
    public int LetIn { get; private set; }
    /// <summary>Confirmed, but nobody has looked at them.</summary>
    public int NotLookedAt { get; private set; }
    public int SetAside { get; private set; }
    public int NotConfirmed { get; private set; }
    public int Waiting => LetIn + NotLookedAt + SetAside;

    public Task OnGetAsync()
    {
        Editions = Letter.PublishAt is null || Letter.EditionAt is not null;
        return LoadAsync();
    }

    public Task<IActionResult> OnPostNowAsync() => ActAsync("publish", () =>
    {
        if (LetterChecks.Missing(Letter).Count > 0)
            return false;
        PlanEditions(Now);
        return Db.Publish(Letter, Now);
    });

    public Task<IActionResult> OnPostAtAsync() => ActAsync("publish-at", () =>
    {
        if (Letter.IsPublic || LetterChecks.Missing(Letter).Count > 0)
            return false;
        if (PublishingTime.Problem(When, Zone, Now, out var at) is { } problem)
        {
            ModelState.AddModelError("when", problem);
            return false;
        }
        PlanEditions(at);
        Letter.PublishAt = at;
        return true;
    });

    public Task<IActionResult> OnPostCancelAsync() => ActAsync("publish-at-cancelled", () =>
    {
        var wasSet = Letter.PublishAt is not null;
        PlanEditions(null);
        Letter.PublishAt = null;
        return wasSet;
    });

    public Task<IActionResult> OnPostCloseSigningAsync() => ActAsync("close-signing", Letter.CloseSigning);

    public Task<IActionResult> OnPostCloseAtAsync() => ActAsync("close-signing-at", () =>
    {
        if (Letter.State != LetterState.Published)
            return false;
        if (PublishingTime.Problem(When, Zone, Now, out var at) is { } problem)
        {
            ModelState.AddModelError("when", problem);
            return false;
        }
        Letter.CloseAt = at;
        return true;
    });

    public Task<IActionResult> OnPostKeepOpenAsync() => ActAsync("close-signing-at-cancelled", () =>
    {
        var wasSet = Letter.CloseAt is not null;
        Letter.CloseAt = null;
        return wasSet;
    });

    public Task<IActionResult> OnPostCloseAsync() => ActAsync("close", () =>
    {
        if (!Move(LetterState.Closing, LetterState.Closed))
            return false;
        Letter.ClosedAt = Now;
        Db.Changes.Add(Change.Of(ChangeKind.Close, Letter, Now));
        return true;
    });

    public Task<IActionResult> OnPostReopenAsync() => ActAsync("reopen", () =>
    {
        if (Move(LetterState.Closing, LetterState.Published))
            return true;
        if (!Move(LetterState.Closed, LetterState.Published))
            return false;
        Letter.ClosedAt = null;
        Db.Changes.Add(Change.Of(ChangeKind.Reopen, Letter, Now));
        return true;
    });

    /// <summary>The first when the letter goes out. What was planned with an earlier time goes with that; what was set under Editions stays.</summary>
    private void PlanEditions(DateTimeOffset? at)
    {
        if (Letter.PublishAt is not null && Letter.EditionAt == Letter.PublishAt)
            Letter.EditionAt = null;
        if (Editions && at is not null)
            (Letter.EditionAt, Letter.EditionEveryHours) = (at, 24);
    }

    private bool Move(LetterState from, LetterState to)
    {
        if (Letter.State != from)
            return false;
        Letter.State = to;
        return true;
    }

    private async Task<IActionResult> ActAsync(string what, Func<bool> act)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(HttpContext.RequestAborted);
        await Db.LockAsync(Letter, HttpContext.RequestAborted);
        if (act())
        {
            var editions = what is "publish" or "publish-at" && Editions ? "with edition 1, and a new one every day" : null;
            var set = what is "publish-at" or "close-signing-at" ? (Letter.PublishAt ?? Letter.CloseAt)!.Value.ToString("u", CultureInfo.InvariantCulture) : null;
            Record(what, detail: set is null ? editions : string.Join(", ", new[] { set, editions }.OfType<string>()));
            await Db.SaveChangesAsync(HttpContext.RequestAborted);
            await transaction.CommitAsync(HttpContext.RequestAborted);
            signal.Poke();
            return RedirectToPage();
        }
        await transaction.RollbackAsync(HttpContext.RequestAborted);
        await Db.Entry(Letter).ReloadAsync(HttpContext.RequestAborted);
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        Missing = LetterChecks.Missing(Letter);
        var counts = await Db.Signatures.Where(s => s.LetterId == Letter.Id).GroupBy(s => s.State)
            .Select(g => new { State = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.State, g => g.Count, HttpContext.RequestAborted);
        LetIn = counts.GetValueOrDefault(SignatureState.Admitted);
        NotLookedAt = counts.GetValueOrDefault(SignatureState.Confirmed);
        SetAside = counts.GetValueOrDefault(SignatureState.InReview);
        NotConfirmed = counts.GetValueOrDefault(SignatureState.Submitted);
    }
}

/// <summary>A time as people set it, in their own zone, kept as UTC.</summary>
internal static class PublishingTime
{
    /// <summary>The world's zones by region and city, UTC first.</summary>
    public static IReadOnlyList<string> Zones { get; } =
        ["UTC", .. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static string? Problem(string? when, string? zone, DateTimeOffset now, out DateTimeOffset at)
    {
        at = default;
        if (!DateTime.TryParseExact(when, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return "A day and a time like 2026-03-01 06:00.";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? "UTC", out var found))
            return "We do not know this time zone.";
        if (found.IsInvalidTime(local))
            return "The clocks go forward then: this time does not exist in that zone.";
        at = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, found), TimeSpan.Zero);
        return at <= now ? "This time has passed. Do it now, or choose a later one." : at > now.AddYears(1) ? "At most a year from now." : null;
    }
}
