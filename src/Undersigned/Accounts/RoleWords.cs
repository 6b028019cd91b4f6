using Undersigned.Model;

namespace Undersigned.Accounts;

public static class RoleWords
{
    public static string Name(StaffRole role) => role switch
    {
        StaffRole.Owner => "Owner",
        StaffRole.Editor => "Editor",
        _ => "Reviewer",
    };

    public static string May(StaffRole role) => role switch
    {
        StaffRole.Owner => "May do everything: also invite people and change their roles.",
        StaffRole.Editor => "May also change the text, paste names in, and publish.",
        _ => "May look at names and decide about them.",
    };
}
