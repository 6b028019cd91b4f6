using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Desk;

/// <summary>Tokens with which programs of the organiser's read this letter. Each is shown once, when it is made.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class TokensModel(UndersignedDb db, TimeProvider time, InstanceKeys keys, Instance instance) : StaffPage(db, time)
{
    private const int MostYears = 5;

    public sealed record ShownToken(ApiToken Token, string MadeBy);

    public IReadOnlyList<ShownToken> Open { get; private set; } = [];
    public IReadOnlyList<ShownToken> Ended { get; private set; } = [];

    /// <summary>Shown this once.</summary>
    public string? Made { get; private set; }
    public string MadeFor { get; private set; } = "";

    /// <summary>What was typed.</summary>
    public string Name { get; private set; } = "";
    public string Ends { get; private set; } = "";
    public ApiScope Scopes { get; private set; }

    public string Example => instance.UrlOf(TokenApi.Root + "/figures");

    public static string May(ApiScope scope) => scope switch
    {
        ApiScope.Signatures => "Every signature in whatever state: its line, address, telephone, note, evidence, and what was written about it, as in the spreadsheet. That it was read stands in the record, once an hour.",
        _ => "How many signatures are in which state, what is held, and the last thirty days. No names.",
    };

    public Task OnGetAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(string? name, string[] scopes, string? ends, CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        (Name, Ends) = ((name ?? "").Trim(), (ends ?? "").Trim());
        Scopes = ApiToken.AllScopes.Where(s => scopes.Contains(s.Code)).Aggregate(ApiScope.None, (all, s) => all | s.Scope);
        var endsAt = Check();
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        var token = TokenApi.NewToken();
        Db.ApiTokens.Add(new ApiToken { LetterId = Letter.Id, Name = Name, TokenTag = keys.ApiTokenTag(token), Scopes = Scopes, MadeAt = Now, MadeBy = AccountId, EndsAt = endsAt });
        Record("token-made", detail: $"{Name}: {ApiToken.CodesOf(Scopes)}{(endsAt is null ? "" : ", until " + Ends)}");
        await Db.SaveChangesAsync(cancellation);
        (Made, MadeFor, Name, Ends, Scopes) = (token, Name, "", "", ApiScope.None);
        await LoadAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(long token, CancellationToken cancellation)
    {
        if (await Db.ApiTokens.SingleOrDefaultAsync(t => t.Id == token && t.LetterId == Letter.Id, cancellation) is not { } found)
            return NotFound();
        if (found.RevokedAt is null)
        {
            (found.RevokedAt, found.RevokedBy) = (Now, AccountId);
            Record("token-revoked", detail: found.Name);
            await Db.SaveChangesAsync(cancellation);
        }
        return LocalRedirect($"~/desk/letters/{Letter.Id}/tokens");
    }

    /// <summary>The end of the day that was given, null where there is none.</summary>
    private DateTimeOffset? Check()
    {
        if (Name.Length is 0 or > ApiToken.LongestName || Name.Any(char.IsControl))
            ModelState.AddModelError("name", $"What is it for? At most {ApiToken.LongestName} characters; you will know it by this name.");
        else if (Open.Count >= ApiToken.MostOfALetter)
            ModelState.AddModelError("name", $"There are {ApiToken.MostOfALetter} tokens. Revoke one that nobody uses.");
        if (Scopes == ApiScope.None)
            ModelState.AddModelError("scopes", "What may it read? Choose at least one.");
        if (Ends.Length == 0)
            return null;
        if (DateOnly.TryParseExact(Ends, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day >= DateOnly.FromDateTime(Now.UtcDateTime) && day <= DateOnly.FromDateTime(Now.UtcDateTime).AddYears(MostYears))
            return new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        ModelState.AddModelError("ends", $"A day from today on, at most {MostYears} years ahead; or leave it empty.");
        return null;
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var all = await Db.ApiTokens.AsNoTracking().Where(t => t.LetterId == Letter.Id).OrderByDescending(t => t.Id)
            .Join(Db.Users, t => t.MadeBy, u => u.Id, (t, u) => new ShownToken(t, u.DisplayName)).ToListAsync(cancellation);
        Open = [.. all.Where(t => t.Token.IsOpen(Now))];
        Ended = [.. all.Where(t => !t.Token.IsOpen(Now))];
    }
}
