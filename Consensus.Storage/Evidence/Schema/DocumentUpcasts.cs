using System.Text.Json.Nodes;

namespace Consensus.Storage.Evidence.Schema;

/// <summary>How older documents become current ones.</summary>
internal static class DocumentUpcasts
{
    /// <summary>Version 1 took plain text only and knew no licences.</summary>
    public static void From1(JsonObject document)
    {
        document["mediaType"] = "text/plain";
        document["licence"] = null;
    }
}
