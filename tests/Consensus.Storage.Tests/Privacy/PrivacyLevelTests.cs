using System.Text;
using System.Text.RegularExpressions;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;

namespace Consensus.Storage.Tests.Privacy;

/// <summary>What of a run is in the bytes on the disk, member by member of the contract.</summary>
public sealed class PrivacyLevelTests
{
    private static readonly Regex Canary = new("canary[0-9]+", RegexOptions.NonBacktracking);

    /// <summary>The members that no level redacts: closed lists, the operator's configuration, and what this system made.</summary>
    private static readonly string[] Identifiers =
    [
        "strategy", "confidence.method", "confidence.calibrationVersion", "request.panel", "links.key", "links.value", "gate.policyVersion", "gate.findings[].reason",
        "gate.findings[].rule", "provenance.request.algorithm", "provenance.request.key", "provenance.request.value", "provenance.models[].provider",
        "provenance.models[].providerKind", "provenance.models[].roles[]", "provenance.prompts[]", "provenance.rubric.name", "provenance.parameters.similarity",
        "provenance.versions.code", "provenance.versions.calibration", "provenance.versions.scoringConfig", "provenance.versions.policy", "provenance.traceId",
    ];

    private static readonly string[] Models =
    [
        "stability.flipSet[]", "stability.byFamily.flipSet[]", "stability.repeatability[].model", "clusters[].models[]", "candidates[].model", "candidates[].family", "request.models[]",
        "request.reliability.key", "request.cascade.tiers[][]", "provenance.models[].id", "provenance.models[].family",
    ];

    private static readonly string[] Labels = ["requestId", "request.tags[]", "request.category"];

    private static readonly string[] Words = ["statusReason", "candidates[].finishReason", "candidates[].providerModel", "provenance.models[].providerModels[]"];

    [Fact]
    public async Task AtNoneTheFileHoldsNamesAndLabelsButNoContent() => Assert.Equal(
        [.. Identifiers, .. Models, .. Labels, .. Words],
        await StoredMembersAsync(RunContent.None, RunKind.Consensus, n => $"canary{n}", text => text),
        Members.Comparer);

    [Fact]
    public async Task AtNoneAWordThatIsASentenceIsContent() => Assert.Equal(
        [.. Identifiers, .. Models, .. Labels],
        await StoredMembersAsync(RunContent.None, RunKind.Consensus, n => $"a canary{n} sang", text => text),
        Members.Comparer);

    [Fact]
    public async Task AtNoneLabelsAreRedactedAllTheSame() => Assert.Equal(
        [.. Identifiers, .. Models],
        await StoredMembersAsync(RunContent.None, RunKind.Consensus, n => $"canary{n}", Redact),
        Members.Comparer);

    [Fact]
    public async Task AtRedactedNoSecretIsInTheFileSaveInNamesThatAreTheOperators() => Assert.Equal(
        [.. Identifiers, .. Models],
        await StoredMembersAsync(RunContent.Redacted, RunKind.Consensus, n => $"so canary{n} sang", Redact),
        Members.Comparer);

    [Fact]
    public async Task TheModelNamesOfAnAggregateAreTheCallersAndRedacted() => Assert.Equal(
        Identifiers,
        await StoredMembersAsync(RunContent.Redacted, RunKind.Aggregate, n => $"so canary{n} sang", Redact),
        Members.Comparer);

    [Fact]
    public async Task AtFullEverythingIsInTheFile()
    {
        var filler = new CanaryFiller(n => $"so canary{n} sang");
        Shape.Run(filler);

        Assert.Equal(
            filler.Marks.Select(mark => mark.Path),
            await StoredMembersAsync(RunContent.Full, RunKind.Aggregate, n => $"so canary{n} sang", Redact),
            Members.Comparer);
    }

    [Fact]
    public async Task ARunStoredWithoutContentComesBackWithItsNumbers()
    {
        await using var log = new TemporaryLog(RunContent.None, text => text);
        var run = Shape.Run(new CanaryFiller(n => $"canary{n}")) with { Status = RunStatus.Completed };
        await log.SaveAsync(run);

        var found = (await log.FindAsync(run.RunId))!;

        Assert.Null(found.Answer);
        Assert.Null(found.Request!.Prompt);
        Assert.Null(found.Request.Messages);
        Assert.Null(found.Request.Metadata);
        Assert.Null(found.Request.Answer!.Choices);
        Assert.Null(found.Request.Answer.Schema);
        Assert.Equal(run.Request!.Answer!.Tolerance, found.Request.Answer.Tolerance);
        var candidate = Assert.Single(found.Candidates!);
        Assert.Null(candidate.Text);
        Assert.Null(candidate.Answer);
        Assert.Equal(new CandidateErrorBody(run.Candidates![0].Error!.Reason, ""), candidate.Error);
        var cluster = Assert.Single(found.Clusters);
        Assert.Equal(new AnswerBody("", null, run.Clusters[0].Answer.Kind), cluster.Answer);
        Assert.Equal(run.Clusters[0].Share, cluster.Share);
        Assert.Equal(run.Agreement, found.Agreement);
        var summary = Assert.Single((await log.ListAsync()).Items);
        Assert.Null(summary.Prompt);
        Assert.Null(summary.Answer);
    }

    [Fact]
    public async Task AnExcerptIsCutAfterRedactionSoThatNoHalfOfASecretIsLeft()
    {
        await using var log = new TemporaryLog(RunContent.Redacted, Redact);
        var run = Make.Run() with { Request = new StoredRequest { Prompt = new string('x', 190) + "canary1234567890" } };
        await log.SaveAsync(run);

        Assert.Equal(new string('x', 190) + "[bird]", (await log.ListAsync()).Items[0].Prompt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ATextIsSearchedOnceHoweverManyColumnsItStandsIn(bool conversation)
    {
        var searched = new List<string>();
        await using var log = new TemporaryLog(RunContent.Redacted, text =>
        {
            searched.Add(text);
            return text;
        });
        var request = conversation ? new StoredRequest { Messages = [new RequestMessage("user", "asked")] } : new StoredRequest { Prompt = "asked" };

        await log.SaveAsync(Make.Run() with { Answer = new AnswerBody("answered", null, AnswerKindName.Text), Request = request });

        Assert.Single(searched, "asked");
        Assert.Single(searched, "answered");
        Assert.Equal(("asked", "answered"), ((await log.ListAsync()).Items[0].Prompt, (await log.ListAsync()).Items[0].Answer));
    }

    private static async Task<IEnumerable<string>> StoredMembersAsync(RunContent content, RunKind kind, Func<int, string> mark, Func<string, string> redact)
    {
        await using var log = new TemporaryLog(content, redact);
        var filler = new CanaryFiller(mark);
        var run = Shape.Run(filler) with { Kind = kind };
        await log.SaveAsync(run);
        var open = log.Bytes();
        await log.Log.DisposeAsync();
        var closed = log.Bytes();

        var stored = Stored(open);
        Assert.Equal(stored, Stored(closed));
        return stored;

        // The surrounding words of a mark may be split or redacted apart from it; the canary itself is what must not be there.
        string[] Stored(byte[] bytes) =>
        [
            .. filler.Marks.Where(member => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Canary.Match(member.Mark).Value)) >= 0).Select(member => member.Path),
        ];
    }

    private static string Redact(string text) => Canary.Replace(text, "[bird]");

    /// <summary>Sets of members, whatever their order.</summary>
    private sealed class Members : IEqualityComparer<IEnumerable<string>>
    {
        public static readonly Members Comparer = new();

        public bool Equals(IEnumerable<string>? x, IEnumerable<string>? y) => x!.ToHashSet(StringComparer.Ordinal).SetEquals(y!);

        public int GetHashCode(IEnumerable<string> members) => 0;
    }
}
