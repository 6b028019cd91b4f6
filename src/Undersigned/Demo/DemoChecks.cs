using Undersigned.Model;
using Undersigned.Verification;

namespace Undersigned.Demo;

/// <summary>What some of the demo's signers add to their line on their own pages: an account elsewhere, and people who know them.</summary>
internal sealed class DemoChecks(IServiceProvider services, StoryClock clock)
{
    /// <summary>Among forty.</summary>
    private const int WithAccount = 3, WithVouchers = 5;
    private const int VouchesEach = 5;

    private int vouches;

    /// <param name="known">The first ones are known and vouch for others, two for each, as long as they may.</param>
    public async Task AddAsync(IReadOnlyList<Signed> signed, IReadOnlyList<long> known, CancellationToken cancellation)
    {
        if (signed.Count <= WithVouchers)
            return;
        await AttachAsync(signed[WithAccount], cancellation);
        if (vouches + 2 > DemoStory.FirstSignatories.Length * VouchesEach)
            return;
        for (var i = 0; i < 2; i++)
            await VouchAsync(known[vouches++ % DemoStory.FirstSignatories.Length], signed[WithVouchers], cancellation);
    }

    private async Task AttachAsync(Signed who, CancellationToken cancellation)
    {
        var acts = services.GetRequiredService<AccountActs>();
        var account = new AccountFound(StaffIndexModel.SubjectOf(who.Email.Split('@')[0]), who.Email.Split('@')[0]);
        var offer = new AccountOffer(who.Id, StaffIndexModel.Key, account, clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        if (await acts.AttachAsync(acts.Find(StaffIndexModel.Key)!, offer, cancellation) is not AttachResult.Done and var result)
            throw new InvalidOperationException($"The account was answered {result}.");
    }

    private async Task VouchAsync(long voucher, Signed who, CancellationToken cancellation)
    {
        if (await services.GetRequiredService<VouchActs>().VouchAsync(voucher, who.Id, who.Mark, cancellation) is not VouchResult.Done and var result)
            throw new InvalidOperationException($"The vouching was answered {result}.");
    }
}
