using Consensus.ApiService.Reading;
using Consensus.ApiService.Scoring;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Runs;

/// <summary>A valid aggregate request with every default filled in.</summary>
internal sealed record AggregatePlan(
    RunIdentity Run, IReadOnlyList<AggregateAnswer> Answers, DecisionInput Decision, StoredRequest Request, JudgeWish? Judge = null, Guid? ParentRunId = null);
