using System.Text.Json.Nodes;

namespace Consensus.Storage.Tests.Evidence;

/// <summary>What lies under an evidence store, reached past it. Tables are <c>collections</c>, <c>documents</c>, <c>passages</c> and <c>records</c>.</summary>
internal interface IStoredEvidence
{
    bool Holds(string text);

    JsonObject Read(string table, Guid id);

    void Change(string table, Guid id, JsonObject json);

    void Put(string table, Guid id, JsonObject json, Guid? collection);

    /// <summary>The collection is gone, its documents are not.</summary>
    void BreakOffRemoval(Guid collection);
}
