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
    public DbSet<BulkAct> BulkActs => Set<BulkAct>();
    public DbSet<BulkActItem> BulkActItems => Set<BulkActItem>();
    public DbSet<StaffSession> Sessions => Set<StaffSession>();
    public DbSet<Evidence> Evidence => Set<Evidence>();
    public DbSet<RosterEntry> Roster => Set<RosterEntry>();
    public DbSet<WatchName> WatchNames => Set<WatchName>();
    public DbSet<Look> Looks => Set<Look>();
    public DbSet<Pair> Pairs => Set<Pair>();
    public DbSet<StandingChange> StandingChanges => Set<StandingChange>();
    public DbSet<Inquiry> Inquiries => Set<Inquiry>();
    public DbSet<MailBreaker> MailBreakers => Set<MailBreaker>();
    public DbSet<Quotation> Quotations => Set<Quotation>();
    public DbSet<ChannelProposal> ChannelProposals => Set<ChannelProposal>();
    public DbSet<LetterPost> Posts => Set<LetterPost>();
    public DbSet<Mailing> Mailings => Set<Mailing>();
    public DbSet<FollowUpMailing> FollowUpMailings => Set<FollowUpMailing>();
    public DbSet<FollowUpDecline> FollowUpDeclines => Set<FollowUpDecline>();
    public DbSet<MailRefusal> MailRefusals => Set<MailRefusal>();
    public DbSet<Edition> Editions => Set<Edition>();
    public DbSet<LetterPdf> Pdfs => Set<LetterPdf>();
    public DbSet<PdfPiece> PdfPieces => Set<PdfPiece>();
    public DbSet<EmbargoCopy> EmbargoCopies => Set<EmbargoCopy>();
    public DbSet<LinePost> LinePosts => Set<LinePost>();
    public DbSet<SpellingDifference> SpellingDifferences => Set<SpellingDifference>();
    public DbSet<AttemptCount> AttemptCounts => Set<AttemptCount>();
    public DbSet<SampleDraw> Samples => Set<SampleDraw>();
    public DbSet<SampledLine> SampledLines => Set<SampledLine>();
    public DbSet<SheetImport> Imports => Set<SheetImport>();
    public DbSet<SheetPart> SheetParts => Set<SheetPart>();
    public DbSet<SheetFault> SheetFaults => Set<SheetFault>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<WebhookAttempt> WebhookAttempts => Set<WebhookAttempt>();

    internal Likenesses Likenesses { get; } = options.FindExtension<LikenessOption>()?.Likenesses ?? new Likenesses();

    /// <summary>Of the instance that this database belongs to.</summary>
    internal InstanceKeys Keys { get; } = options.FindExtension<KeysOption>()!.Keys;

    internal Seal SealKey => Keys.Seal;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        SealSecrets();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        SealSecrets();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private void SealSecrets()
    {
        // The save itself looks for changes; once is enough.
        var looks = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var entry in ChangeTracker.Entries<SealedRow>())
            if (entry.State != EntityState.Deleted)
                entry.Entity.SealWith(plain => SealKey.Close(plain, entry.Entity.SealContext));
        ChangeTracker.AutoDetectChangesEnabled = looks;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMicros>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.Properties<List<string>>().HaveConversion<JsonText<List<string>>, JsonCompare<List<string>>>();
        configurationBuilder.Properties<List<long>>().HaveConversion<JsonText<List<long>>, JsonCompare<List<long>>>();
        configurationBuilder.Properties<List<Post>>().HaveConversion<JsonText<List<Post>>, JsonCompare<List<Post>>>();
        configurationBuilder.Properties<ListCounts>().HaveConversion<JsonText<ListCounts>, JsonCompare<ListCounts>>();
        configurationBuilder.Properties<AdmissionRules>().HaveConversion<JsonText<AdmissionRules>, JsonCompare<AdmissionRules>>();
        configurationBuilder.Properties<SigningLimits>().HaveConversion<JsonText<SigningLimits>, JsonCompare<SigningLimits>>();
        configurationBuilder.Properties<List<Era>>().HaveConversion<JsonText<List<Era>>, JsonCompare<List<Era>>>();
        configurationBuilder.Properties<EraWords>().HaveConversion<JsonText<EraWords>, JsonCompare<EraWords>>();
        configurationBuilder.Properties<List<ReportingChannel>>().HaveConversion<JsonText<List<ReportingChannel>>, JsonCompare<List<ReportingChannel>>>();
        configurationBuilder.Properties<List<ListedDomain>>().HaveConversion<JsonText<List<ListedDomain>>, JsonCompare<List<ListedDomain>>>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Letter>().HasIndex(l => l.Slug).IsUnique();
        builder.Entity<Letter>().Ignore(l => l.GlanceRequired);
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
        Verification(builder);
        ImportTables(builder);
        ProgramTables(builder);
        SnakeCase.Apply(builder);
    }

    private static void Verification(ModelBuilder builder)
    {
        builder.Entity<Evidence>().Ignore(e => e.What).Ignore(e => e.Claim).Ignore(e => e.Account).HasIndex(e => e.SignatureId);
        builder.Entity<Evidence>().HasIndex(e => e.VoucherId);
        builder.Entity<RosterEntry>().HasKey(r => new { r.LetterId, r.AddressTag });
        builder.Entity<WatchName>().HasIndex(w => w.LetterId);
        builder.Entity<Look>().HasIndex(l => new { l.SignatureId, l.AccountId });
        builder.Entity<Pair>().HasKey(p => new { p.LetterId, p.FirstId, p.SecondId });
        builder.Entity<Pair>().HasIndex(p => new { p.LetterId, p.State, p.Bits });
        builder.Entity<Pair>().HasIndex(p => new { p.LetterId, p.SecondId });
        builder.Entity<StandingChange>().HasKey(c => c.SignatureId);
        builder.Entity<StandingChange>().Property(c => c.SignatureId).ValueGeneratedNever();
        builder.Entity<Inquiry>().Ignore(i => i.Email).Ignore(i => i.Text).Ignore(i => i.Answer).HasIndex(i => new { i.LetterId, i.State, i.DueAt });
        builder.Entity<Inquiry>().Property(i => i.State).IsConcurrencyToken();
        builder.Entity<MailBreaker>().HasKey(b => b.Domain);
        builder.Entity<Inquiry>().HasIndex(i => new { i.SignatureId, i.AddressTag });
        builder.Entity<Quotation>().Ignore(q => q.Text).Ignore(q => q.Note).HasIndex(q => new { q.LetterId, q.State });
        builder.Entity<Quotation>().HasIndex(q => q.SignatureId);
        builder.Entity<Quotation>().Property(q => q.State).IsConcurrencyToken();
        builder.Entity<ChannelProposal>().HasIndex(p => p.LetterId).IsUnique().HasDatabaseName("ux_channel_proposal_waiting").HasFilter("state = 'Waiting'");
        builder.Entity<ChannelProposal>().Property(p => p.State).IsConcurrencyToken();
        builder.Entity<LetterPost>().HasIndex(p => new { p.LetterId, p.Id });
        builder.Entity<LetterPost>().HasIndex(p => p.ReplacesId).IsUnique();
        builder.Entity<SampleDraw>().HasIndex(d => d.LetterId).IsUnique().HasDatabaseName("ux_sample_draw_open").HasFilter("state IN ('Announced', 'Drawn')");
        builder.Entity<SampleDraw>().Property(d => d.State).IsConcurrencyToken();
        builder.Entity<SampledLine>().Ignore(l => l.Note).HasKey(l => new { l.DrawId, l.Ordinal });
        builder.Entity<SampledLine>().HasIndex(l => l.SignatureId);
        builder.Entity<Mailing>().HasKey(m => m.PostId);
        builder.Entity<Mailing>().Property(m => m.PostId).ValueGeneratedNever();
        builder.Entity<Mailing>().Property(m => m.LastSignatureId).IsConcurrencyToken();
        builder.Entity<FollowUpMailing>().HasKey(m => m.LetterId);
        builder.Entity<FollowUpMailing>().Property(m => m.LetterId).ValueGeneratedNever();
        builder.Entity<FollowUpMailing>().Property(m => m.LastSignatureId).IsConcurrencyToken();
        builder.Entity<FollowUpMailing>().HasIndex(m => m.EarlierLetterId);
        builder.Entity<FollowUpDecline>().HasKey(d => new { d.LetterId, d.SignatureId });
        builder.Entity<MailRefusal>().HasKey(r => r.SignatureId);
        builder.Entity<MailRefusal>().Property(r => r.SignatureId).ValueGeneratedNever();
        builder.Entity<Edition>().HasKey(e => new { e.LetterId, e.Number });
        builder.Entity<EmbargoCopy>().HasIndex(c => c.LetterId);
        builder.Entity<LetterPdf>().HasIndex(p => new { p.LetterId, p.Edition });
        builder.Entity<LetterPdf>().HasIndex(p => new { p.State, p.Id });
        builder.Entity<PdfPiece>().HasKey(p => new { p.LetterPdfId, p.Ordinal });
        builder.Entity<LinePost>().HasKey(p => new { p.LetterId, p.LeafIndex, p.Ordinal });
        builder.Entity<LinePost>().HasIndex(p => new { p.LetterId, p.FoldedOrganization });
        builder.Entity<BulkAct>().HasIndex(a => new { a.LetterId, a.Id });
        builder.Entity<BulkActItem>().Ignore(i => i.Before).Ignore(i => i.After).HasKey(i => new { i.BulkActId, i.SignatureId });
        builder.Entity<StaffSession>().HasIndex(s => s.AccountId);
        builder.Entity<SpellingDifference>().HasKey(d => new { d.LetterId, d.Part, d.FirstTag, d.SecondTag });
        builder.Entity<AttemptCount>().HasKey(c => new { c.Key, c.Server, c.Minute });
    }

    private static void ImportTables(ModelBuilder builder)
    {
        builder.Entity<SheetImport>().Ignore(i => i.FileName).Ignore(i => i.How).Ignore(i => i.Columns).Ignore(i => i.First).HasIndex(i => new { i.LetterId, i.Id });
        builder.Entity<SheetImport>().HasIndex(i => i.State);
        builder.Entity<SheetImport>().Property(i => i.State).IsConcurrencyToken();
        builder.Entity<SheetPart>().HasKey(p => new { p.ImportId, p.Number });
        builder.Entity<SheetFault>().Ignore(f => f.Why).Ignore(f => f.Cells).HasKey(f => new { f.ImportId, f.RowNumber });
    }

    private static void ProgramTables(ModelBuilder builder)
    {
        builder.Entity<ApiToken>().HasIndex(t => t.TokenTag).IsUnique();
        builder.Entity<ApiToken>().HasIndex(t => t.LetterId);
        builder.Entity<Webhook>().Ignore(h => h.Address).Ignore(h => h.SigningSecret).Ignore(h => h.FormerSecret).HasIndex(h => h.LetterId);
        builder.Entity<WebhookDelivery>().HasIndex(d => new { d.State, d.DueAt });
        builder.Entity<WebhookDelivery>().HasIndex(d => new { d.WebhookId, d.Id });
        builder.Entity<WebhookAttempt>().HasIndex(a => a.DeliveryId);
    }

    private static void SignatureTable(EntityTypeBuilder<Signature> signature)
    {
        signature.Ignore(s => s.Email).Ignore(s => s.Telephone).Ignore(s => s.Place).Ignore(s => s.Note);
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

/// <summary>Hands the instance's keys to each context of it.</summary>
internal sealed class KeysOption(InstanceKeys keys) : Microsoft.EntityFrameworkCore.Infrastructure.IDbContextOptionsExtension
{
    public InstanceKeys Keys => keys;

    public Microsoft.EntityFrameworkCore.Infrastructure.DbContextOptionsExtensionInfo Info => new About(this);

    public void ApplyServices(IServiceCollection services)
    {
    }

    public void Validate(Microsoft.EntityFrameworkCore.Infrastructure.IDbContextOptions options)
    {
    }

    private sealed class About(KeysOption option) : Microsoft.EntityFrameworkCore.Infrastructure.DbContextOptionsExtensionInfo(option)
    {
        public override bool IsDatabaseProvider => false;
        public override string LogFragment => "";
        public override int GetServiceProviderHashCode() => 0;
        public override bool ShouldUseSameServiceProvider(Microsoft.EntityFrameworkCore.Infrastructure.DbContextOptionsExtensionInfo other) => other is About;
        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
        {
        }
    }
}
