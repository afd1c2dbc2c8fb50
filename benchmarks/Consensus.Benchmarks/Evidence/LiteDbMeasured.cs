using Consensus.Storage.Evidence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Benchmarks.Evidence;

/// <summary>The evidence store as the API has it.</summary>
internal sealed class LiteDbMeasured : EvidenceMeasured
{
    public override string Name => "LiteDB + Lucene in memory";

    protected override EvidenceStore Store(string folder) =>
        new(Path.Combine(folder, "evidence.db"), new EvidenceOptions(), TimeProvider.System, NullLogger.Instance);
}
