using Microsoft.AspNetCore.Identity;

namespace Undersigned.Data;

/// <summary>A member of staff. Signers and readers have none.</summary>
public sealed class Account : IdentityUser<long>
{
    /// <summary>The name that colleagues and the record of acts show.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Made through the set-up link: may begin letters and see the instance's state.</summary>
    public bool IsOperator { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
