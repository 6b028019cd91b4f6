using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Audit;

/// <summary>One act as it is read: who, when, what, on which line, from where to where.</summary>
public sealed record ActLine(StaffAct Act, string Who, string? About, string SignatureName, int? SignatureNumber)
{
    public string What => ActWords.Of(Act.What);

    public string From => ActWords.State(Act.FromState);

    public string To => ActWords.State(Act.ToState);

    public string Detail => About ?? (Act.SignatureId is not null && StaffWords.IsReason(Act.Detail) ? StaffWords.Reason(Act.Detail) : Act.Detail ?? "");
}

/// <summary>What of the record is asked for; all together.</summary>
public sealed record ActFilter
{
    public long? By { get; init; }
    public string? What { get; init; }
    /// <summary>First and last day, in UTC.</summary>
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    /// <summary>One signature, by its id.</summary>
    public long? Signature { get; init; }
    /// <summary>A number or a name on the list, a colleague's name, or words of an act or its detail.</summary>
    public string? Text { get; init; }
    /// <summary>Only acts older than this one: where the page before ended.</summary>
    public long? Before { get; init; }
}

/// <summary>Reads the record, newest first. Nothing here, and no statement that the database would take, changes it.</summary>
public sealed class RecordOfActs(UndersignedDb db)
{
    /// <summary>Acts of a letter, and what its people did with their accounts while they worked on it.</summary>
    public IQueryable<StaffAct> OfLetter(long letterId) => db.Acts.AsNoTracking().Where(a => a.LetterId == letterId
        || a.LetterId == null && ActWords.OfAccounts.Contains(a.What) && db.Staff.Any(s => s.LetterId == letterId && s.AccountId == a.AccountId && s.Since <= a.At));

    /// <summary>Acts that belong to no letter.</summary>
    public IQueryable<StaffAct> OfInstance() => db.Acts.AsNoTracking().Where(a => a.LetterId == null);

    public async Task<IReadOnlyList<ActLine>> ReadAsync(IQueryable<StaffAct> acts, ActFilter filter, int most, CancellationToken cancellation)
    {
        var asked = Narrow(acts, filter);
        if (filter.Text?.Trim() is { Length: > 0 } text)
            asked = await SearchAsync(acts, asked, text, cancellation);
        return await WithNamesAsync(await asked.OrderByDescending(a => a.Id).Take(most).ToListAsync(cancellation), cancellation);
    }

    /// <summary>Who acted, and the kinds of acts there are: the choices of the filters.</summary>
    public async Task<(IReadOnlyList<(long Id, string Name)> People, IReadOnlyList<string> Codes)> ChoicesAsync(IQueryable<StaffAct> acts, CancellationToken cancellation)
    {
        var ids = await acts.Select(a => a.AccountId).Distinct().ToListAsync(cancellation);
        var names = await NamesAsync(ids, cancellation);
        var codes = await acts.Select(a => a.What).Distinct().ToListAsync(cancellation);
        return ([.. ids.Select(i => (i, NameOf(names, i))).OrderBy(p => p.Item2, StringComparer.CurrentCulture)], [.. codes.OrderBy(ActWords.Of, StringComparer.Ordinal)]);
    }

    private static IQueryable<StaffAct> Narrow(IQueryable<StaffAct> acts, ActFilter filter)
    {
        if (filter.By is { } by)
            acts = acts.Where(a => a.AccountId == by);
        if (filter.What is { Length: > 0 } what)
            acts = acts.Where(a => a.What == what);
        if (filter.Signature is { } signature)
            acts = acts.Where(a => a.SignatureId == signature);
        if (filter.Before is { } before)
            acts = acts.Where(a => a.Id < before);
        if (filter.From is { } from && new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) is var begin)
            acts = acts.Where(a => a.At >= begin);
        if (filter.To is { } to && to < DateOnly.MaxValue && new DateTimeOffset(to.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) is var end)
            acts = acts.Where(a => a.At < end);
        return acts;
    }

    private async Task<IQueryable<StaffAct>> SearchAsync(IQueryable<StaffAct> all, IQueryable<StaffAct> asked, string text, CancellationToken cancellation)
    {
        if (int.TryParse(text.TrimStart('№', ' '), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
            return asked.Where(a => db.Signatures.Any(s => s.Id == a.SignatureId && s.Number == number));
        var (people, codes) = await ChoicesAsync(all, cancellation);
        var by = people.Where(p => p.Name.Contains(text, StringComparison.CurrentCultureIgnoreCase)).Select(p => p.Id).ToList();
        var what = ActWords.CodesLike(text, codes).ToList();
        var folded = NameFolding.Fold(text);
        return asked.Where(a => by.Contains(a.AccountId) || what.Contains(a.What) || a.Detail!.Contains(text)
            || folded != "" && db.Signatures.Any(s => s.Id == a.SignatureId && s.FoldedName.Contains(folded)));
    }

    private async Task<IReadOnlyList<ActLine>> WithNamesAsync(List<StaffAct> acts, CancellationToken cancellation)
    {
        var names = await NamesAsync([.. acts.Select(a => a.AccountId).Concat(acts.Select(a => ActWords.AccountIn(a) ?? 0)).Distinct()], cancellation);
        var signatureIds = acts.Where(a => a.SignatureId != null).Select(a => a.SignatureId!.Value).Distinct().ToList();
        var signatures = await db.Signatures.Where(s => signatureIds.Contains(s.Id)).Select(s => new { s.Id, s.Name, s.Number }).ToDictionaryAsync(s => s.Id, cancellation);
        return [.. acts.Select(act =>
        {
            var signature = act.SignatureId is { } id ? signatures.GetValueOrDefault(id) : null;
            return new ActLine(act, NameOf(names, act.AccountId), ActWords.AccountIn(act) is { } about ? NameOf(names, about) : null, signature?.Name ?? "", signature?.Number);
        })];
    }

    private Task<Dictionary<long, string>> NamesAsync(List<long> ids, CancellationToken cancellation) =>
        db.Users.Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.DisplayName }).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);

    private static string NameOf(Dictionary<long, string> names, long id) =>
        id == StaffAct.Console ? "The server or its console" : names.GetValueOrDefault(id) ?? "An account that is gone";
}
