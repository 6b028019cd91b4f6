namespace Undersigned.Audit;

/// <summary>The record of acts: of a letter for its owners and its auditor, of the instance for the operator.</summary>
public static class AuditFeature
{
    public static void AddAudit(this WebApplicationBuilder builder) => builder.Services.AddScoped<RecordOfActs>();

    public static void MapAudit(this WebApplication app)
    {
        // The pages map themselves: /desk/letters/{letterId}/record and /desk/instance/record.
    }
}
