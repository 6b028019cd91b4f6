using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>The offices of a line as rows, so that the list can be filtered and counted by them.</summary>
public static class ListedPosts
{
    public static IEnumerable<LinePost> Of(ShownLine shown, long letterId, long leafIndex)
    {
        var positions = shown.Position?.Split("; ") ?? [];
        var organizations = shown.Organization?.Split("; ") ?? [];
        var years = shown.Years ?? [];
        for (var i = 0; i < Math.Max(positions.Length, Math.Max(organizations.Length, years.Count)); i++)
        {
            var (position, organization) = (positions.ElementAtOrDefault(i), organizations.ElementAtOrDefault(i));
            YearSpan? span = i < years.Count ? years[i] : null;
            yield return new LinePost
            {
                LetterId = letterId,
                LeafIndex = leafIndex,
                Ordinal = i,
                Position = position,
                FoldedPosition = position is null ? null : NameFolding.Fold(position),
                Organization = organization,
                FoldedOrganization = organization is null ? null : NameFolding.Fold(organization),
                FromYear = span?.From,
                ToYear = span?.To,
            };
        }
    }
}
