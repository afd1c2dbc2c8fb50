using System.Data.Common;
using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Moving;

/// <summary>A move as one of its places knows it: a row of <c>moves</c>.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="MoveId">The move; the same in both places.</param>
/// <param name="Place">The other place.</param>
/// <param name="State">How far it is.</param>
/// <param name="Document">What the target knows of it; of a source, empty.</param>
internal sealed record MoveRecord(long Seq, Guid MoveId, string Place, string State, MoveDocument Document)
{
    /// <summary>The last move of a place in a role that was not rolled back; null without one.</summary>
    public static MoveRecord? Last(DbConnection connection, string role)
    {
        using var command = connection.Command("SELECT seq, move_id, place, state, document FROM moves WHERE role = $role AND state <> $returned ORDER BY seq DESC LIMIT 1");
        command.Add("$role", role);
        command.Add("$returned", MoveState.Returned);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new MoveRecord(
                reader.GetInt64(0), StoredValue.Id((byte[])reader.GetValue(1)), reader.GetString(2), reader.GetString(3),
                JsonSerializer.Deserialize(reader.GetString(4), ConsensusJson.Default.MoveDocument)!)
            : null;
    }

    /// <summary>Notes a new move.</summary>
    public static void Add(DbConnection connection, Guid moveId, string role, string place, string state, MoveDocument document, DateTimeOffset now)
    {
        using var command = connection.Command(
            "INSERT INTO moves (move_id, role, place, state, began_at, changed_at, document) VALUES ($id, $role, $place, $state, $now, $now, $document)");
        command.Add("$id", StoredValue.Id(moveId));
        command.Add("$role", role);
        command.Add("$place", place);
        command.Add("$state", state);
        command.Add("$now", StoredTime.Write(now));
        command.Add("$document", JsonSerializer.Serialize(document, ConsensusJson.Default.MoveDocument));
        command.ExecuteNonQuery();
    }

    /// <summary>Notes how far it is.</summary>
    public void Set(DbConnection connection, string state, MoveDocument document, DateTimeOffset now)
    {
        using var command = connection.Command("UPDATE moves SET state = $state, document = $document, changed_at = $now WHERE seq = $seq");
        command.Add("$state", state);
        command.Add("$document", JsonSerializer.Serialize(document, ConsensusJson.Default.MoveDocument));
        command.Add("$now", StoredTime.Write(now));
        command.Add("$seq", Seq);
        command.ExecuteNonQuery();
    }
}
