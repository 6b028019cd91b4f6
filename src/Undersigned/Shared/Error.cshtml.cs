using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Undersigned.Shared;

/// <summary>What a browser is shown instead of an empty answer. It repeats nothing of what was asked.</summary>
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public void OnGet([FromRoute] int status) => Show(status);

    public void OnPost([FromRoute] int status) => Show(status);

    private void Show(int status)
    {
        // Asked for by its own address, it is an address like any other that does not exist.
        var happened = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null || HttpContext.Features.Get<IExceptionHandlerFeature>() is not null;
        Status = !happened ? 404 : status is 400 or 404 or 413 ? status : status < 500 ? 400 : 500;
        if (!happened)
            Response.StatusCode = 404;
    }
}
