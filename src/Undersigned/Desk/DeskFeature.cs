namespace Undersigned.Desk;

/// <summary>Today: what needs the organiser, numbers, the unconfirmed, switches.</summary>
public static class DeskFeature
{
    public static void AddDesk(this WebApplicationBuilder builder)
    {
    }

    public static void MapDesk(this WebApplication app)
    {
    }
}
