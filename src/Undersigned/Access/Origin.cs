using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Undersigned.Model;

namespace Undersigned.Access;

/// <summary>Tells a form that another site sent here.</summary>
public static class Origin
{
    /// <summary>
    /// Browsers say where a form comes from, and pages cannot forge it. From a page with `no-referrer` the origin is "null" though it
    /// is ours; older browsers say nothing at all; for both the token in the form or in the address must do.
    /// </summary>
    public static bool IsForeign(HttpRequest request, Instance instance)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && origin != "null" && origin != $"{request.Scheme}://{request.Host}" && origin != instance.PublicUrl.GetLeftPart(UriPartial.Authority);
    }
}

/// <summary>Refuses what another site posts to a page behind a token.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OwnOriginOnlyAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && Origin.IsForeign(http.Request, http.RequestServices.GetRequiredService<Instance>()))
            context.Result = new BadRequestResult();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}

/// <summary>An act that a page does not know is an address that does not exist, and not the page without its data.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KnownActsOnlyAttribute : Attribute, IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is null)
            context.Result = new NotFoundResult();
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
