using Consensus.ApiService.Errors;
using Consensus.Contracts.Errors;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Admission;

/// <summary>What keys may spend in a UTC day: what their runs have cost stands in the run log; what those that are going may cost at
/// worst is held back here.</summary>
internal sealed class DailyBudgets(RunLog log, TimeProvider time)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, decimal> _reserved = new(StringComparer.Ordinal);

    /// <summary>Holds back what a run may cost, until the reservation is disposed of: after the run was stored with its cost.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="limit">What it may spend in a day.</param>
    /// <param name="worst">What the run may cost at worst.</param>
    /// <param name="createdAt">When the run began: on that day it counts.</param>
    /// <exception cref="RunLogUnavailableException">What was spent cannot be read.</exception>
    public async Task<(Problem? Refused, IDisposable? Reservation)> TryReserveAsync(string keyId, decimal limit, decimal worst, DateTimeOffset createdAt)
    {
        // Before the store is read: a run that ends meanwhile is then counted twice rather than not at all.
        var reservation = new Reservation(this, keyId, worst);
        var reserved = Change(keyId, worst);
        try
        {
            var spent = await log.FindKeyCostAsync(keyId, createdAt, CancellationToken.None);
            if (spent < limit && spent + reserved <= limit)
            {
                return (null, reservation);
            }

            reservation.Dispose();
            var isSpent = spent >= limit || spent + worst > limit;
            return (new Problem(ErrorCatalog.BudgetExhausted, isSpent
                ? $"Of {limit} US dollars for this UTC day {spent} are spent, and the run may cost {worst} at worst."
                : $"Of {limit} US dollars for this UTC day {spent} are spent, and {reserved - worst} are held back for runs that are going.")
            {
                RetryAfter = isSpent ? UntilMidnight() : Again,
            }, null);
        }
        catch
        {
            reservation.Dispose();
            throw;
        }
    }

    /// <summary>Why a key may have nothing more that costs today; <c>null</c>: it may.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="limit">What it may spend in a day.</param>
    /// <exception cref="RunLogUnavailableException">What was spent cannot be read.</exception>
    public async Task<Problem?> FindSpentAsync(string keyId, decimal limit)
    {
        var spent = await log.FindKeyCostAsync(keyId, time.GetUtcNow(), CancellationToken.None);
        return spent < limit ? null : new Problem(ErrorCatalog.BudgetExhausted, $"Of {limit} US dollars for this UTC day {spent} are spent.") { RetryAfter = UntilMidnight() };
    }

    private TimeSpan UntilMidnight()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.Date.AddDays(1) - now;
    }

    /// <summary>Changes what is held back for a key, and says how much that is now.</summary>
    private decimal Change(string keyId, decimal by)
    {
        lock (_gate)
        {
            var now = _reserved.GetValueOrDefault(keyId) + by;
            if (now == 0)
            {
                _reserved.Remove(keyId);
            }
            else
            {
                _reserved[keyId] = now;
            }

            return now;
        }
    }

    private sealed class Reservation(DailyBudgets budgets, string keyId, decimal worst) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                budgets.Change(keyId, -worst);
            }
        }
    }
}
