using System.Data.Common;
using System.Globalization;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Keys;

/// <summary>What the writer does with the costs of keys inside a transaction.</summary>
internal sealed class KeyCostStatements(DbConnection connection) : IDisposable
{
    /// <summary>What a key's runs and their judges cost on a day.</summary>
    public const string OfDay = "SELECT cost_usd FROM key_costs WHERE key_id = @keyId AND day = @day";

    private readonly Statement _find = new(connection, "SELECT cost_usd FROM key_costs WHERE key_id = $key AND day = $day", "$key", "$day");

    private readonly Statement _put = new(connection,
        """
        INSERT INTO key_costs (key_id, day, cost_usd, runs, unpriced_runs) VALUES ($key, $day, $cost, 1, $unpriced)
        ON CONFLICT (key_id, day) DO UPDATE SET cost_usd = excluded.cost_usd, runs = key_costs.runs + 1, unpriced_runs = key_costs.unpriced_runs + excluded.unpriced_runs
        """,
        "$key", "$day", "$cost", "$unpriced");

    private readonly Statement _judging = new(connection,
        """
        INSERT INTO key_costs (key_id, day, cost_usd, runs, unpriced_runs) VALUES ($key, $day, $cost, 0, 0)
        ON CONFLICT (key_id, day) DO UPDATE SET cost_usd = excluded.cost_usd
        """,
        "$key", "$day", "$cost");

    /// <summary>The day on which a run that began then counts.</summary>
    public static string DayOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Adds the cost of a run that has ended. One whose cost is not known is counted, and adds nothing.</summary>
    public void Add(KeyCost cost)
    {
        _put.Execute(cost.KeyId, cost.Day, StoredValue.ToSqlite(Before(cost.KeyId, cost.Day) + (cost.Usd ?? 0)), cost.Usd is null ? 1L : 0L);
    }

    /// <summary>Adds what judges of a key's runs cost, on the day on which their scores are stored.</summary>
    public void AddJudging(string keyId, string day, decimal usd) => _judging.Execute(keyId, day, StoredValue.ToSqlite(Before(keyId, day) + usd));

    public void Dispose()
    {
        _find.Dispose();
        _put.Dispose();
        _judging.Dispose();
    }

    private decimal Before(string keyId, string day) => StoredValue.Money(_find.Scalar(keyId, day) as string) ?? 0;
}

/// <summary>What one run adds to its key's day.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="Day">The UTC day on which the run began.</param>
/// <param name="Usd">Its cost; <c>null</c> when that is not known.</param>
internal sealed record KeyCost(string KeyId, string Day, decimal? Usd);
