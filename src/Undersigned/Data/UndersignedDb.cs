using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>The database, the same model on SQLite and PostgreSQL. The schema itself is the plain SQL under Migrations.</summary>
public sealed class UndersignedDb(DbContextOptions<UndersignedDb> options) : IdentityUserContext<Account, long>(options)
{
    public DbSet<Letter> Letters => Set<Letter>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<Signature> Signatures => Set<Signature>();
    public DbSet<BlockedAddress> BlockedAddresses => Set<BlockedAddress>();
    public DbSet<Correction> Corrections => Set<Correction>();
    public DbSet<GlanceBatch> GlanceBatches => Set<GlanceBatch>();
    public DbSet<Change> Changes => Set<Change>();
    public DbSet<LetterLog> Logs => Set<LetterLog>();
    public DbSet<LogEntry> Entries => Set<LogEntry>();
    public DbSet<LogTile> Tiles => Set<LogTile>();
    public DbSet<LogCheckpoint> Checkpoints => Set<LogCheckpoint>();
    public DbSet<Line> Lines => Set<Line>();
    public DbSet<OutboxMail> Outbox => Set<OutboxMail>();
    public DbSet<LetterStaff> Staff => Set<LetterStaff>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<SetupLink> SetupLinks => Set<SetupLink>();
    public DbSet<StaffAct> Acts => Set<StaffAct>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMicros>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.Properties<List<string>>().HaveConversion<JsonText<List<string>>, JsonCompare<List<string>>>();
        configurationBuilder.Properties<List<Post>>().HaveConversion<JsonText<List<Post>>, JsonCompare<List<Post>>>();
        configurationBuilder.Properties<ListCounts>().HaveConversion<JsonText<ListCounts>, JsonCompare<ListCounts>>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Letter>().HasIndex(l => l.Slug).IsUnique();
        builder.Entity<Revision>().HasKey(r => new { r.LetterId, r.Number });
        SignatureTable(builder.Entity<Signature>());
        builder.Entity<BlockedAddress>().HasKey(b => new { b.LetterId, b.AddressTag });
        builder.Entity<Change>().HasIndex(c => new { c.LetterId, c.Id });
        builder.Entity<Correction>().HasIndex(c => new { c.LetterId, c.State, c.Id });
        builder.Entity<GlanceBatch>().HasIndex(b => new { b.LetterId, b.AccountId });
        Log(builder);
        builder.Entity<OutboxMail>().HasIndex(m => new { m.State, m.DueAt });
        builder.Entity<OutboxMail>().HasIndex(m => new { m.MailboxTag, m.CreatedAt });
        builder.Entity<OutboxMail>().HasIndex(m => new { m.LetterId, m.State });
        builder.Entity<OutboxMail>().HasIndex(m => m.SignatureId);
        builder.Entity<LetterStaff>().HasKey(s => new { s.LetterId, s.AccountId });
        builder.Entity<StaffAct>().HasIndex(a => new { a.LetterId, a.Id });
        SnakeCase.Apply(builder);
    }

    private static void SignatureTable(EntityTypeBuilder<Signature> signature)
    {
        signature.Property(s => s.State).IsConcurrencyToken();
        signature.HasIndex(s => new { s.LetterId, s.State, s.Id });
        signature.HasIndex(s => new { s.LetterId, s.Number }).IsUnique();
        signature.HasIndex(s => new { s.LetterId, s.FoldedName });
        signature.HasIndex(s => new { s.LetterId, s.FormNonce }).IsUnique();
        // One address signs once: among signatures whose address is confirmed and that were not left, removed or declined.
        signature.HasIndex(s => new { s.LetterId, s.AddressTag }).IsUnique().HasDatabaseName("ux_signature_address")
            .HasFilter("state IN ('Confirmed', 'InReview', 'Admitted', 'Listed')");
        signature.HasIndex(s => new { s.LetterId, s.AddressTag }).HasDatabaseName("ix_signature_address");
    }

    private static void Log(ModelBuilder builder)
    {
        builder.Entity<LetterLog>().HasKey(l => l.LetterId);
        builder.Entity<LetterLog>().Property(l => l.LetterId).ValueGeneratedNever();
        builder.Entity<LetterLog>().Property(l => l.TreeSize).IsConcurrencyToken();
        builder.Entity<LetterLog>().ToTable("letter_log");
        builder.Entity<LogEntry>().HasKey(e => new { e.LetterId, e.LeafIndex });
        builder.Entity<LogTile>().HasKey(t => new { t.LetterId, t.Level, t.TileIndex });
        builder.Entity<LogCheckpoint>().HasKey(c => new { c.LetterId, c.Size });
        builder.Entity<Line>().HasKey(l => new { l.LetterId, l.LeafIndex });
        builder.Entity<Line>().HasIndex(l => new { l.LetterId, l.SortName, l.Number });
        builder.Entity<Line>().HasIndex(l => new { l.LetterId, l.Number });
        builder.Entity<Line>().HasIndex(l => new { l.LetterId, l.RecordIndex });
        builder.Entity<Line>().HasIndex(l => l.SignatureId);
    }

    /// <summary>Microseconds since 1970, UTC: both engines sort it, and PostgreSQL keeps no more digits anyway.</summary>
    private sealed class UtcMicros() : Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<DateTimeOffset, long>(
        t => (t.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10,
        v => new DateTimeOffset(v * 10 + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero));

    private sealed class JsonText<T>() : Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<T, string>(
        v => JsonSerializer.Serialize(v, JsonSerializerOptions.Web),
        s => JsonSerializer.Deserialize<T>(s, JsonSerializerOptions.Web)!);

    private sealed class JsonCompare<T>() : Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<T>(
        (a, b) => JsonSerializer.Serialize(a, JsonSerializerOptions.Web) == JsonSerializer.Serialize(b, JsonSerializerOptions.Web),
        v => JsonSerializer.Serialize(v, JsonSerializerOptions.Web).GetHashCode(StringComparison.Ordinal),
        v => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(v, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!);
}
