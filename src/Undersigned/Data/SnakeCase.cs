using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Undersigned.Data;

/// <summary>Tables and columns are named as SQL people write them: letter, signature, address_tag.</summary>
internal static class SnakeCase
{
    private static readonly Dictionary<Type, string> TableNames = new()
    {
        [typeof(IdentityUserClaim<long>)] = "account_claim",
        [typeof(IdentityUserLogin<long>)] = "account_login",
        [typeof(IdentityUserToken<long>)] = "account_token",
        [typeof(IdentityUserPasskey<long>)] = "account_passkey",
    };

    public static void Apply(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            if (entity.IsMappedToJson())
                continue;
            entity.SetTableName(TableNames.GetValueOrDefault(entity.ClrType, Of(entity.ClrType.Name)));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Of(property.Name));
                // Lengths are rules of the forms; a column that cuts or refuses would be a second home for them.
                property.SetMaxLength(null);
            }
            foreach (var owned in entity.GetNavigations().Where(n => n.TargetEntityType.IsMappedToJson()))
                owned.TargetEntityType.SetContainerColumnName(Of(owned.Name));
        }
    }

    private static string Of(string name)
    {
        var snake = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && !char.IsUpper(name[i - 1]))
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }
}
