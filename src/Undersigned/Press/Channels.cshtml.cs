using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Press;

/// <summary>What a proposal does to one channel: new, gone, or another wording.</summary>
public sealed record ChannelDifference(ReportingChannel? Before, ReportingChannel? After)
{
    public ReportingChannel Either => After ?? Before!;

    /// <summary>By name, in the order of the proposal, with what goes at the end; what stays the same is left out.</summary>
    public static IReadOnlyList<ChannelDifference> Between(IReadOnlyList<ReportingChannel> before, IReadOnlyList<ReportingChannel> after) =>
    [
        .. after.Select(a => new ChannelDifference(before.FirstOrDefault(b => b.Name == a.Name), a)).Where(d => d.Before != d.After),
        .. before.Where(b => after.All(a => a.Name != b.Name)).Select(b => new ChannelDifference(b, null)),
    ];
}

/// <summary>Where staff can report abuses. It leads people who take a risk, so nobody changes it alone: one owner proposes, another confirms.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class ChannelsModel(UndersignedDb db, WorkSignal work, IStringLocalizer<PressTexts> texts, TimeProvider time) : StaffPage(db, time)
{
    private const int EmptyForms = 2;

    [BindProperty]
    public List<ChannelForm> Forms { get; set; } = [];
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    /// <summary>As confirmed last.</summary>
    public IReadOnlyList<ReportingChannel> Confirmed { get; private set; } = [];
    public ChannelProposal? Waiting { get; private set; }
    public string ProposedBy { get; private set; } = "";
    public IReadOnlyList<ChannelDifference> Differences { get; private set; } = [];
    /// <summary>There is nobody who could confirm.</summary>
    public bool IsOnlyOwner { get; private set; }
    public bool IsMine => Waiting?.ProposedBy == AccountId;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        Forms = [.. (IsMine ? Waiting!.Channels : Confirmed).Select(ChannelForm.Of)];
        AddEmpty();
    }

    /// <summary>What one proposes takes the place of what they proposed before; what somebody else proposed is answered first.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        await LoadAsync(cancellation);
        var channels = Read();
        if (ModelState.IsValid && Waiting is not null && !IsMine)
            ModelState.AddModelError("waiting", $"{ProposedBy} has proposed a change meanwhile. Confirm or refuse that one first.");
        else if (ModelState.IsValid && channels.SequenceEqual(IsMine ? Waiting!.Channels : Confirmed))
            ModelState.AddModelError("c0-Name", "This is what is there already.");
        if (!ModelState.IsValid)
        {
            AddEmpty();
            return Page();
        }
        if (Waiting is { } mine)
        {
            // Saved by itself, since only one may wait.
            (mine.State, mine.StateAt, mine.DecidedBy) = (ProposalState.TakenBack, Now, AccountId);
            await Db.SaveChangesAsync(cancellation);
        }
        Db.ChannelProposals.Add(new ChannelProposal { LetterId = Letter.Id, Channels = channels, State = ProposalState.Waiting, StateAt = Now, ProposedBy = AccountId, ProposedAt = Now });
        Record("propose-channels", detail: Summary(ChannelDifference.Between(Confirmed, channels)));
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return Back("proposed");
    }

    public Task<IActionResult> OnPostConfirmAsync(long proposal, CancellationToken cancellation) => DecideAsync(proposal, async one =>
    {
        if (one.ProposedBy == AccountId)
            return "own";
        // Whoever proposed must still be an owner: two have to stand behind it now.
        if (!await Db.Staff.AnyAsync(s => s.LetterId == Letter.Id && s.AccountId == one.ProposedBy && s.Role == StaffRole.Owner, cancellation))
            return "left";
        await Db.ConfirmAsync(Letter, one, texts["channels-title"], AccountId, Now, cancellation);
        Record("confirm-channels", detail: Summary(Differences));
        return "confirmed";
    }, cancellation);

    public Task<IActionResult> OnPostRefuseAsync(long proposal, CancellationToken cancellation) => DecideAsync(proposal, one =>
    {
        var isMine = one.ProposedBy == AccountId;
        (one.State, one.StateAt, one.DecidedBy) = (isMine ? ProposalState.TakenBack : ProposalState.Refused, Now, AccountId);
        Record(isMine ? "take-back-channels" : "refuse-channels", detail: Summary(Differences));
        return Task.FromResult(isMine ? "back" : "refused");
    }, cancellation);

    // Under the letter's lock, and only of the proposal that was on the screen.
    private async Task<IActionResult> DecideAsync(long proposal, Func<ChannelProposal, Task<string>> decide, CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        await LoadAsync(cancellation);
        if (Waiting is not { } one || one.Id != proposal)
            return Back("changed");
        var did = await decide(one);
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return Back(did);
    }

    private LocalRedirectResult Back(string did) => LocalRedirect($"~/desk/letters/{Letter.Id}/where-to-report?done={did}");

    private List<ReportingChannel> Read()
    {
        var channels = new List<ReportingChannel>();
        for (var i = 0; i < Forms.Count; i++)
            if (Forms[i] is { IsEmpty: false, Out: false } form && form.Read(i, DateOnly.FromDateTime(Now.UtcDateTime), ModelState) is { } channel)
            {
                if (channels.Any(c => c.Name == channel.Name))
                    ModelState.AddModelError(ChannelForm.Id(i, "Name"), $"“{channel.Name}” is there twice.");
                channels.Add(channel);
            }
        if (channels.Count > ReportingChannel.Most)
            ModelState.AddModelError("c0-Name", $"At most {ReportingChannel.Most}: who looks for help must find the right one.");
        return channels;
    }

    private void AddEmpty()
    {
        var room = Math.Min(EmptyForms, ReportingChannel.Most - Forms.Count(f => !f.IsEmpty)) - Forms.Count(f => f.IsEmpty);
        for (var i = 0; i < room; i++)
            Forms.Add(new ChannelForm());
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Confirmed = await Db.ConfirmedChannelsAsync(Letter.Id, cancellation);
        Waiting = await Db.ChannelProposals.SingleOrDefaultAsync(p => p.LetterId == Letter.Id && p.State == ProposalState.Waiting, cancellation);
        IsOnlyOwner = !await Db.Staff.AnyAsync(s => s.LetterId == Letter.Id && s.AccountId != AccountId && s.Role == StaffRole.Owner, cancellation);
        if (Waiting is null)
            return;
        ProposedBy = await Db.Users.Where(u => u.Id == Waiting.ProposedBy).Select(u => u.DisplayName).SingleAsync(cancellation);
        Differences = ChannelDifference.Between(Confirmed, Waiting.Channels);
    }

    private static string Summary(IReadOnlyList<ChannelDifference> differences) =>
        $"{differences.Count(d => d.Before is null)} new, {differences.Count(d => d is { Before: not null, After: not null })} changed, {differences.Count(d => d.After is null)} taken out";
}
