using System.Data.Common;
using Consensus.Storage.Moving;
using Consensus.Storage.Scoring;

namespace Consensus.Storage.Runs;

/// <summary>Jobs on their way to the queue.</summary>
public sealed partial class RunLog
{
    /// <summary>Lists pending jobs whose time has come and that nobody has claimed, in the order in which they were made.</summary>
    /// <param name="after">Only those after this order; 0 to begin.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RunLogUnavailableException">The log cannot be read.</exception>
    public Task<IReadOnlyList<DueJob>> ListDueJobsAsync(long after, int most, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return ReadAsync(() => _reader.Read(connection => ScoringReader.ListDue(connection, now, after, most)), cancellationToken);
    }

    /// <summary>
    /// Claims jobs for sending: of several that ask at the same time for the same jobs each gets its own. Returns those that are now the caller's, in the order in
    /// which they were made. A claim that is not given back stands until it ends, also when the job was sent; when the job's attempt is reported it ends at once.
    /// </summary>
    /// <param name="among">Jobs that were listed as due.</param>
    /// <param name="by">Who claims: the name of the process.</param>
    /// <param name="period">How long the claim stands; longer than clocks of the machines differ.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the claiming.</param>
    /// <exception cref="RunLogUnavailableException">The log cannot be written.</exception>
    public Task<IReadOnlyList<DueJob>> ClaimDueJobsAsync(IReadOnlyList<DueJob> among, string by, TimeSpan period, int most, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return among.Count == 0
            ? Task.FromResult(among)
            : WriteBesideAsync(connection => JobClaims.Claim(connection, among, by, now, now + period, most), cancellationToken);
    }

    /// <summary>Gives claims back, so that others may have the jobs at once; returns how many were still the caller's.</summary>
    /// <exception cref="RunLogUnavailableException">The log cannot be written.</exception>
    public Task<int> ReleaseDueJobsAsync(IReadOnlyList<DueJob> jobs, string by, CancellationToken cancellationToken) =>
        WriteBesideAsync(connection => JobClaims.Release(connection, jobs, by), cancellationToken);

    /// <summary>Runs one statement that no audit entry tells of: on a server in a transaction of its own, which waits for no writer; in a file as the writer.</summary>
    private Task<T> WriteBesideAsync<T>(Func<DbConnection, T> statement, CancellationToken cancellationToken)
    {
        RequireEnabled();
        return _database.IsShared
            ? Task.Run(() => WriteBeside(statement), cancellationToken)
            : _writer.WriteAsync(statements => statements.Scoring.Beside(statement), cancellationToken);
    }

    private T WriteBeside<T>(Func<DbConnection, T> statement)
    {
        try
        {
            using var connection = _database.OpenBeside();
            MovedLog.RequireWritable(connection);
            return statement(connection);
        }
        catch (DbException fault)
        {
            throw new RunLogUnavailableException("The run log cannot be written.", fault);
        }
    }
}
