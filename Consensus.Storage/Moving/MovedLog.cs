using System.Data.Common;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs;
using Dapper;

namespace Consensus.Storage.Moving;

/// <summary>Whether a log may be written: not while it is filled from another place, and not once it has moved away.</summary>
internal static class MovedLog
{
    /// <summary>What stands in each refusal of a log that has moved away.</summary>
    public const string Mark = "has moved to";

    /// <summary>What a log that has moved away answers.</summary>
    public static string Text(string place) => $"The run log {Mark} {place}: start the service with that place, or roll the migration back";

    /// <summary>Looks before the first write of a connection.</summary>
    /// <exception cref="RunLogMovedException">It may not be written; the message says why, and what to do.</exception>
    public static void RequireWritable(DbConnection connection)
    {
        if (!connection.HasTable("moves"))
        {
            return;
        }

        var refusal = connection.Query<(string Role, string Place, string State)>("SELECT role, place, state FROM moves ORDER BY seq").Select(static move => (move.Role, move.State) switch
        {
            (MoveRole.To, not MoveState.Live) => $"The run log is being filled from {move.Place}: finish the migration, or roll it back.",
            (MoveRole.From, MoveState.Moved) => Text(move.Place) + ".",
            _ => null,
        }).FirstOrDefault(static text => text is not null);
        if (refusal is not null)
        {
            throw new RunLogMovedException(refusal);
        }
    }
}

/// <summary>Which of the two places of a move a row of <c>moves</c> stands in.</summary>
internal static class MoveRole
{
    public const string From = "from";
    public const string To = "to";
}

/// <summary>How far a move is.</summary>
internal static class MoveState
{
    /// <summary>The target is being filled.</summary>
    public const string Copying = "copying";

    /// <summary>The target is the log.</summary>
    public const string Live = "live";

    /// <summary>The source refuses writes.</summary>
    public const string Moved = "moved";

    /// <summary>The move was rolled back.</summary>
    public const string Returned = "returned";
}
