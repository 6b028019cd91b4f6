using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Editions;

/// <summary>Publishes the next edition at a press, or says when editions are published by themselves.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class EditionDeskModel(UndersignedDb db, EditionWriter writer, PublishedLetters published, TimeProvider time) : StaffPage(db, time)
{
    private const int LongestPause = 24 * 31;

    public NextEdition? Next { get; private set; }
    public IReadOnlyList<Edition> All { get; private set; } = [];

    [BindProperty]
    public string? Day { get; set; }
    [BindProperty]
    public string? Clock { get; set; }
    [BindProperty]
    public string? EveryHours { get; set; }

    /// <summary>What the last press did.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public DateTimeOffset Proposed => Letter.EditionAt ?? new DateTimeOffset(Now.UtcDateTime.Date.AddDays(1).AddHours(9), TimeSpan.Zero);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Next = Letter.IsPublic ? await EditionWriter.NextAsync(Db, Letter.Id, cancellation) : null;
        All = await Db.Editions.AsNoTracking().Where(e => e.LetterId == Letter.Id).OrderByDescending(e => e.Number).Take(60).ToListAsync(cancellation);
    }

    public async Task<IActionResult> OnPostAsync(int number, CancellationToken cancellation)
    {
        var edition = await writer.PublishAsync(Letter.Id, number, Recorded, cancellation);
        return LocalRedirect($"~/desk/letters/{Letter.Id}/editions?done={(edition is null ? "already" : edition.Number.ToString(CultureInfo.InvariantCulture))}");
    }

    private void Recorded(UndersignedDb db, Letter letter, Edition edition) => db.Acts.Add(new StaffAct
    {
        LetterId = letter.Id,
        AccountId = AccountId,
        At = Now,
        What = "publish-edition",
        Detail = $"edition {edition.Number}: +{edition.Added}, {edition.Withdrawn} withdrawn, {edition.Removed} removed, {edition.Corrected} corrected",
    });

    public async Task<IActionResult> OnPostScheduleAsync(CancellationToken cancellation)
    {
        if (!DateTimeOffset.TryParseExact($"{Day}T{Clock}Z", "yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            ModelState.AddModelError("Day", "We need a day, written 2026-03-01, and a time, written 09:00.");
        else if (at <= Now)
            ModelState.AddModelError("Day", $"{Printed.Moment(at)} is past. When shall the next edition be published?");
        if (!int.TryParse(EveryHours, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours is < 1 or > LongestPause)
            ModelState.AddModelError("EveryHours", $"How many hours lie between two editions? A number from 1 to {LongestPause}.");
        if (!ModelState.IsValid)
        {
            await OnGetAsync(cancellation);
            return Page();
        }
        return await SetAsync(at, hours, cancellation);
    }

    public Task<IActionResult> OnPostByHandAsync(CancellationToken cancellation) => SetAsync(null, Letter.EditionEveryHours, cancellation);

    private async Task<IActionResult> SetAsync(DateTimeOffset? at, int hours, CancellationToken cancellation)
    {
        (Letter.EditionAt, Letter.EditionEveryHours) = (at, hours);
        Record("schedule-editions", detail: at is { } first ? $"from {Printed.Moment(first)}, every {hours} h" : "by hand");
        await Db.SaveChangesAsync(cancellation);
        await published.RefreshAsync(cancellation);
        return LocalRedirect($"~/desk/letters/{Letter.Id}/editions?done=schedule");
    }
}
