namespace Undersigned.Accounts;

/// <summary>Staff accounts: set-up, sign-in, people of a letter.</summary>
public static class AccountsFeature
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
    }

    public static void MapAccounts(this WebApplication app)
    {
    }
}
