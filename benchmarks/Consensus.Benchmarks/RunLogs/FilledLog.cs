using Consensus.Storage.Runs;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Benchmarks.RunLogs;

/// <summary>A run log filled in bulk: the schema by its migrations, the rows by SQL, the same for the same number of runs.</summary>
internal static class FilledLog
{
    /// <summary>The runs lie this far apart, in units of 100 ns: a million make 90 days.</summary>
    public const long Apart = 77_760_000;

    /// <summary>When the first run was created.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int AtOnce = 100_000;

    // Of each run: 3 of 12 models, one of 20 keys, one of 200 tags (of every 100,000th run "rare" too), 6 strategies of which 3 have most, and for one in ten a judge job that is done.
    private static readonly string[] Rows =
    [
        """
        INSERT INTO runs (seq, run_id, request_id, key_id, instance, kind, status, status_reason, created_at, started_at, finished_at, strategy, outcome, degraded, agreement,
            agreement_is_lower_bound, margin, entropy, confidence_raw, confidence_method, stability_level, stability_score, has_usage, input_tokens, output_tokens, cost_usd,
            total_ms, slowest_call_ms, overhead_ms, candidate_count, answer_kind, models, tags, prompt_excerpt, answer_excerpt, samples_per_model, has_answer_form, early_stop,
            links, answer_text, answer_value, prompt)
        WITH RECURSIVE n (i) AS (SELECT $first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $last),
            h AS (SELECT i, (i * 2654435761) & 2147483647 AS x, $start + i * $apart AS at FROM n)
        SELECT i + 1, unhex(printf('%012x7%03x8%015x', at / 10000, i % 4096, i)), 'request-' || i, 'team-' || (x % 20), 'api-1', 'consensus',
            CASE WHEN x % 100 < 97 THEN 'completed' WHEN x % 100 < 99 THEN 'failed' ELSE 'cancelled' END, CASE WHEN x % 100 < 97 THEN NULL ELSE 'panel_failed' END, at, at + 10000, at + 20000000,
            CASE x % 50 WHEN 0 THEN 'debate' WHEN 1 THEN 'cascade' WHEN 2 THEN 'ranked' ELSE CASE x % 3 WHEN 0 THEN 'majority' WHEN 1 THEN 'weighted' ELSE 'learned' END END,
            CASE WHEN x % 100 >= 97 THEN NULL WHEN x % 1000 = 7 THEN 'quorum_not_met' WHEN x % 10 < 7 THEN 'consensus' WHEN x % 10 < 9 THEN 'plurality' ELSE 'no_consensus' END,
            0, 0.67, 0, 0.33, 0.58, 0.81, 'majority', 'stable', 1.0, 1, 120, 60, '0.0042', 2000, 1900, 12.5, 3, 'number',
            printf('["sim/model-%d","sim/model-%d","sim/model-%d"]', x % 12, (x + 1) % 12, (x + 5) % 12), printf('["tag-%d"]', x % 200),
            'What is ' || x || ' * 23?', CAST(x * 23 AS TEXT), 1, 0, 'off', '{"self":"/v1/runs"}', CAST(x * 23 AS TEXT), CAST(x * 23 AS TEXT),
            'What is ' || x || ' * 23? ' || substr(hex(zeroblob(200)), 1, 400)
        FROM h
        """,
        """
        INSERT INTO candidates (run_seq, position, candidate_id, model, family, sample, status, cluster_id, weight, attempts, latency_ms, finish_reason, has_usage, input_tokens, output_tokens,
            cost_usd, cached, answer_kind, answer_text, answer_value, text)
        SELECT r.seq, m.key, m.key, m.value, 'sim', 0, 'answered', m.key / 2, 1.0, 1, 800.0, 'stop', 1, 40, 20, '0.0014', 0, 'number', r.answer_text, r.answer_value,
            'The answer is ' || r.answer_text || '. ' || substr(hex(zeroblob(100)), 1, 200)
        FROM runs r, json_each(r.models) m WHERE r.seq > $first AND r.seq <= $last
        """,
        """
        INSERT INTO clusters (run_seq, position, cluster_id, size, weight, share, models, candidates, answer_kind, answer_text, answer_value)
        SELECT seq, 0, 0, 2, 2.0, 0.67, models, '[0,1]', 'number', answer_text, answer_value FROM runs WHERE seq > $first AND seq <= $last
        """,
        """
        INSERT INTO run_models (run_seq, model, created_at, run_id)
        SELECT r.seq, m.value, r.created_at, r.run_id FROM runs r, json_each(r.models) m WHERE r.seq > $first AND r.seq <= $last
        """,
        """
        INSERT INTO run_tags (run_seq, tag, created_at, run_id)
        SELECT r.seq, t.value, r.created_at, r.run_id FROM runs r, json_each(r.tags) t WHERE r.seq > $first AND r.seq <= $last
        """,
        "INSERT INTO run_tags (run_seq, tag, created_at, run_id) SELECT seq, 'rare', created_at, run_id FROM runs WHERE seq > $first AND seq <= $last AND seq % 100000 = 1",
        """
        INSERT INTO judge_jobs (job_id, run_seq, run_id, key_id, created_at, queued_at, rubric, config_version, state, attempts, attempt_open, finished_at)
        SELECT randomblob(16), seq, run_id, key_id, created_at, created_at, 'default', 'v', 'done', 1, 0, finished_at FROM runs WHERE seq > $first AND seq <= $last AND seq % 10 = 3
        """,
    ];

    /// <summary>Fills the log at a path up to a number of runs; what is there already stays.</summary>
    public static async Task FillAsync(string path, long runs, CancellationToken cancellationToken)
    {
        await (await RunLog.OpenAsync(path, new RunLogOptions(), TimeProvider.System, NullLogger.Instance, cancellationToken)).DisposeAsync();
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "PRAGMA synchronous = OFF");
        await ExecuteAsync(connection, "PRAGMA cache_size = -400000");
        await using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM runs";
        for (var first = (long)(await count.ExecuteScalarAsync(cancellationToken))!; first < runs; first += AtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken);
            foreach (var sql in Rows)
            {
                await ExecuteAsync(connection, sql, ("$first", first), ("$last", Math.Min(first + AtOnce, runs)), ("$start", Start.UtcTicks - DateTimeOffset.UnixEpoch.Ticks), ("$apart", Apart));
            }

            await transaction.CommitAsync(cancellationToken);
        }

        await ExecuteAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, params (string Name, long Value)[] values)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue(name, value);
            }
        }

        await command.ExecuteNonQueryAsync();
    }
}
