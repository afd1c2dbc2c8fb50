using Consensus.Contracts.Evidence;

namespace Consensus.Storage.Evidence;

/// <summary>Where an evidence record, and what it rests on, is found.</summary>
public static class EvidenceLinks
{
    /// <summary>The link to the record itself; of one that is not stored it is to be left out.</summary>
    public const string Self = "self";

    /// <summary>The addresses of a record: itself, its run and its collection, as far as it has them.</summary>
    public static Dictionary<string, string> Of(EvidenceRecord record)
    {
        var links = new Dictionary<string, string> { [Self] = $"/v1/evidence/{record.EvidenceId:D}" };
        if (record.RunId is { } run)
        {
            links["run"] = $"/v1/runs/{run:D}";
        }

        if (record.Collection is { } collection)
        {
            links["collection"] = $"/v1/collections/{collection:D}";
        }

        return links;
    }
}
