using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Caching.Memory;
using Undersigned.Data;

namespace Undersigned.Accounts;

/// <summary>
/// Five wrong tries lock an address for a quarter of an hour. For addresses with an account Identity keeps the count;
/// for others it is kept here, so that the page says the same words whether an account exists or not.
/// </summary>
internal sealed class SignInTries(IPasswordHasher<Account> hasher, TimeProvider time) : IDisposable
{
    public const int Most = 5;
    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    // Enough for a night of guessing; whoever fills it forgets the oldest, nothing else.
    private readonly MemoryCache unknown = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private readonly string someHash = hasher.HashPassword(new Account(), "somebody who is not there");

    /// <summary>Counts a try with an address nobody has, as slow as a real one.</summary>
    /// <returns>Until when this address is locked; null while it is not.</returns>
    public DateTimeOffset? FailUnknown(string address, string password)
    {
        TakeTime(password);
        var tries = unknown.GetOrCreate(address.ToUpperInvariant(), entry =>
        {
            entry.Size = 1;
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1);
            return new Tries();
        })!;
        lock (tries)
            return tries.Fail(time.GetUtcNow());
    }

    /// <summary>As long as it takes to look at a password.</summary>
    public void TakeTime(string password) => hasher.VerifyHashedPassword(new Account(), someHash, password);

    public void Dispose() => unknown.Dispose();

    private sealed class Tries
    {
        private int count;
        private DateTimeOffset lockedUntil;

        public DateTimeOffset? Fail(DateTimeOffset now)
        {
            if (lockedUntil > now)
                return lockedUntil;
            if (++count < Most)
                return null;
            count = 0;
            return lockedUntil = now + Lock;
        }
    }
}
