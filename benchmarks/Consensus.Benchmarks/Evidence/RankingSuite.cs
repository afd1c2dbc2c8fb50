using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Suites;

namespace Consensus.Benchmarks.Evidence;

/// <summary>Texts to search, and queries, each with the texts that it was written from.</summary>
/// <param name="Texts">Each text once, with its title.</param>
/// <param name="Queries">The queries.</param>
internal sealed record RankingSuite(IReadOnlyList<SuitePassage> Texts, IReadOnlyList<RankingQuery> Queries)
{
    /// <summary>Of an evidence suite each claim that its passages speak of; of a claims suite each claim, the texts being all answers to its question.</summary>
    public static RankingSuite Read(string path)
    {
        var isEvidence = JsonLines.Read(path, ConsensusJson.Default.JsonElement).First().TryGetProperty("passages", out JsonElement _);
        var items = isEvidence
            ? JsonLines.Read(path, ConsensusJson.Default.EvidenceItem).Select(static item => (
                Texts: item.Passages, Claims: item.Claims.Where(static claim => claim.Change != "unrelated").Select(static claim => claim.Text)))
            : JsonLines.Read(path, ConsensusJson.Default.ClaimsItem).GroupBy(static item => item.QuestionId).Select(static rows => (
                Texts: (IReadOnlyList<SuitePassage>)
                    [.. rows.SelectMany(static row => row.Others.Select(static other => other.Text).Prepend(row.Response)).Distinct().Select(static text => new SuitePassage(null, text))],
                Claims: rows.SelectMany(static row => row.Claims.Select(static claim => claim.Text))));
        var texts = new Dictionary<SuitePassage, int>();
        var queries = new List<RankingQuery>();
        foreach (var (passages, claims) in items)
        {
            foreach (var passage in passages)
            {
                texts.TryAdd(passage, texts.Count);
            }

            var from = passages.Select(passage => texts[passage]).ToHashSet();
            queries.AddRange(claims.Select(claim => new RankingQuery(claim, from)));
        }

        return new RankingSuite([.. texts.OrderBy(static pair => pair.Value).Select(static pair => pair.Key)], queries);
    }
}

/// <summary>A query.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Passages">The numbers of the texts that it was written from.</param>
internal sealed record RankingQuery(string Text, IReadOnlySet<int> Passages);
