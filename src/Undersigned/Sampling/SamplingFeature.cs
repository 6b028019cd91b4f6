namespace Undersigned.Sampling;

/// <summary>The auditor's sample: announced in the record before anybody knows whom it will fall on, checked line by line, stated in public.</summary>
public static class SamplingFeature
{
    public static void AddSampling(this WebApplicationBuilder builder) => builder.Services.AddScoped<SampleWriter>();

    public static void MapSampling(this WebApplication app)
    {
        // The pages map themselves: /desk/letters/{letterId}/sample and below it.
    }
}
