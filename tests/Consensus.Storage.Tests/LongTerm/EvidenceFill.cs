using Consensus.Contracts.Runs;
using Consensus.Storage.Tests.Evidence;
using Consensus.Storage.Tests.Making;

namespace Consensus.Storage.Tests.LongTerm;

/// <summary>Ten runs with a record each, two records without a run, and collections of twenty and of five documents.</summary>
internal static class EvidenceFill
{
    public static async Task<(IReadOnlyList<ConsensusResponse> Runs, Guid[] Collections)> Async(TemporaryLog log, TemporaryEvidence evidence)
    {
        var token = TestContext.Current.CancellationToken;
        Guid[] collections = [await evidence.CollectionAsync("ann"), await evidence.CollectionAsync("bob", shared: true)];
        for (var i = 0; i < 25; i++)
        {
            var lines = Enumerable.Range(0, 1 + (i % 12)).Select(line => $"Line {line} of report {i} tells of the tide \"at\" the quay, 潮 {i * line}.");
            await evidence.AddAsync(collections[i < 20 ? 0 : 1], string.Join(i % 2 == 0 ? " " : "\n\n", lines), i % 3 == 0 ? null : $"Report {i}");
        }

        List<ConsensusResponse> runs = [];
        for (var i = 0; i < 12; i++)
        {
            var at = Make.Noon.AddMinutes(i);
            var run = Make.Run(createdAt: at) with { RunId = Guid.CreateVersion7(at), FinishedAt = at };
            if (i < 10)
            {
                await log.SaveAsync(run, "ann");
                runs.Add(run);
            }

            var record = RecordTests.Record(i) with { RunId = i < 10 ? run.RunId : null, Collection = collections[i % 2], Question = $"Question {i}\0?" };
            await evidence.Store.SaveEvidenceAsync(record, i % 2 == 0 ? "ann" : null, token);
        }

        return (runs, collections);
    }
}
