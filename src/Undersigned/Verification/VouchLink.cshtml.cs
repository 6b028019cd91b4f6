using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>The link that somebody gives to those who know them. It says whom it is about, and where to use it; it does nothing itself.</summary>
public sealed class VouchLinkModel(UndersignedDb db, PublishedLetters published, InstanceKeys keys, Instance instance) : TokenPage(db, published, keys)
{
    public string Link => instance.UrlIn(Words.Language, "/vouch/" + Token);

    public async Task<IActionResult> OnGetAsync() => await FindAsync(TokenPurpose.Vouch) && AccountActs.MayAdd(Signature) ? Page() : NotFound();
}
