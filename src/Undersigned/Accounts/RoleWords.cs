using Undersigned.Model;

namespace Undersigned.Accounts;

public static class RoleWords
{
    public static string Name(StaffRole role) => role switch
    {
        StaffRole.Owner => "Owner",
        StaffRole.Editor => "Editor",
        StaffRole.Auditor => "Auditor",
        _ => "Reviewer",
    };

    public static string May(StaffRole role) => role switch
    {
        StaffRole.Owner => "May do everything: also invite people and change their roles.",
        StaffRole.Editor => "May also change the text, paste names in, and publish.",
        StaffRole.Auditor => "May read the numbers, the record of acts and each signature with what speaks for it. Draws a sample of the list, sees the addresses of the drawn lines alone while it is checked, and publishes what was found. Changes nothing else.",
        _ => "May look at names and decide about them.",
    };
}
