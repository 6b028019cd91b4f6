using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.SignatoryList;

/// <summary>Which list a request reads, and how much of it: today's, that of a time or of an edition; whole or narrowed.</summary>
public sealed record AskedList(PublishedLetter Letter, PublishedLetter Today, ListFilter Filter)
{
    /// <summary>The time that was asked for.</summary>
    public ListMoment? Moment { get; init; }
    public bool IsBadMoment { get; init; }
    /// <summary>It was asked for a time before there was a list, and this is today's.</summary>
    public bool IsTooEarly { get; init; }
    /// <summary>The edition that was asked for.</summary>
    public Edition? Edition { get; init; }

    /// <summary>Sorted as the names came to the list, by number; otherwise by family name.</summary>
    public bool IsByTime => Today.Letter.ListOrder == ListOrder.Time;
    /// <summary>For programs.</summary>
    public string Order => IsByTime ? "time" : "family-name";

    /// <summary>Below /letters/SLUG.</summary>
    public string Place => Edition is null ? "signatories" : $"editions/{Edition.Number}";

    /// <summary>"letters/weirs/signatories?level=known&amp;after=12": a page of the same list, narrowed in the same way.</summary>
    public string Address(string more = "", params IEnumerable<KeyValuePair<string, string?>> pairs) =>
        $"letters/{Letter.Letter.Slug}/{Place}{more}{QueryString.Create(pairs.Concat(Pairs()).Where(p => p.Value is not null))}";

    /// <summary>What all pages of this list have in their address.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Pairs() => Filter.Pairs().Append(At);

    /// <summary>How many stood then and have left since: their names are shown no more.</summary>
    public async Task<int> NotShownAsync(FacetCache facets) =>
        Letter.HasGoneOn ? Letter.Counts.Standing - Letter.Counts.Withheld - (await facets.OfAsync(Letter)).Shown : 0;

    public KeyValuePair<string, string?> At => new("at", IsTooEarly ? null : Moment?.Text);
}

/// <summary>Finds the list that an address asks for.</summary>
public sealed class ListReading(PublishedLetters letters, PastLists past, UndersignedDb db)
{
    /// <summary>Null where there is no such letter or edition.</summary>
    public async Task<AskedList?> FindAsync(string slug, int? edition, IQueryCollection query, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } today)
            return null;
        var filter = ListFilter.Read(query);
        if (edition is { } number)
            return await EditionAsync(today, number, filter, cancellation);
        var moment = ListMoment.Read(query, out var isBad);
        if (moment is null)
            return new AskedList(today, today, filter) { IsBadMoment = isBad };
        var then = await past.AtAsync(today, moment.At, cancellation);
        return new AskedList(then ?? today, today, filter) { Moment = moment, IsTooEarly = then is null };
    }

    private async Task<AskedList?> EditionAsync(PublishedLetter today, int number, ListFilter filter, CancellationToken cancellation)
    {
        var edition = await db.EditionsAt(today.Letter.Id, today.Size).AsNoTracking().SingleOrDefaultAsync(e => e.Number == number, cancellation);
        if (edition is null || await past.AtSizeAsync(today, edition.Size, cancellation) is not { } then)
            return null;
        return new AskedList(then, today, filter) { Edition = edition };
    }
}
