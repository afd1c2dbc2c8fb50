using System.Text.Json;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Provenance;

public sealed class ProvenanceTests : CannedApiTests
{
    private const string Said = "The light was lit in 1871. Its keeper was Ada.";
    private static readonly Guid Run = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly Guid Parent = Guid.Parse("01900000-0000-7000-8000-000000000002");

    [Fact]
    public async Task WhatAnAnswerRestsOnIsShownSentenceBySentence()
    {
        Answers(Whole());
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("provenance", $"{Run}", "--url", Url);

        Assert.Equal((ExitCodes.Answer, ""), (code, terminal.Error));
        Assert.Equal(
            [
                $"run         {Run} · evidence · majority · completed · consensus",
                $"parent      {Parent}",
                "request     hmac-sha256 3f0c · key 9f2c · the stored request has it",
                "models      sim/ada · simulator · answered as ada-1, ada-2 · panel · reliability 0.8",
                "            sim/boole · panel",
                "prompts     evidence@1",
                "rubric      answer-quality@2",
                "parameters  temperature 0.5 · seed 7 · deadline 60.0 s · quorum 0.6 · kind text · similarity lexical · no cache",
                "versions    code 0.1.0 · policy 315a",
                "trace       4bf9",
                $"evidence    {Parent}",
                "",
                Said,
                "said by 0 (sim/ada), 1 (sim/boole)",
                "",
                "1. The light was lit in 1871.",
                "   100 %  candidate 0 (sim/ada), characters 0 to 26",
                "   87.5 %  passage 2, characters 3 to 29",
                "",
                "2. Its keeper was Ada.",
                "   said by none in these words",
                "",
                "The texts are very long: only a part of them was held against each other.",
            ],
            Lines(terminal));
    }

    [Fact]
    public async Task WhatIsNotStoredIsSaid()
    {
        Answers(new RunProvenance { RunId = Run, Status = RunStatus.Failed, Strategy = "majority", AttributionReason = NoAttribution.NoAnswer });
        var terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.Answer, await terminal.RunAsync("provenance", $"{Run}", "--url", Url));
        Assert.Contains("lineage  none is stored", terminal.Out, StringComparison.Ordinal);
        Assert.Contains("There is no answer to attribute.", terminal.Out, StringComparison.Ordinal);

        Answers(Whole() with { Attribution = null, AttributionReason = NoAttribution.ContentNotStored, RequestMatches = false });
        terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.Answer, await terminal.RunAsync("provenance", $"{Run}", "--url", Url));
        Assert.Contains("the stored request does not have it", terminal.Out, StringComparison.Ordinal);
        Assert.Contains("The texts of the run are not stored", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatModelsWroteCannotMoveTheCursor()
    {
        var provenance = Whole();
        Answers(provenance with { Attribution = provenance.Attribution! with { Text = "\u001b[2JAll is well today. " + Said } });
        var terminal = new CapturedTerminal();
        await terminal.RunAsync("provenance", $"{Run}", "--url", Url);
        Assert.DoesNotContain('\u001b', terminal.Out);
    }

    [Fact]
    public async Task ItIsWrittenAsJsonOrAsProv()
    {
        Answers(Whole());
        var terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.Answer, await terminal.RunAsync("provenance", $"{Run}", "--json", "-", "--url", Url));
        Assert.Equal(Parent, JsonSerializer.Deserialize(terminal.Out, ConsensusJson.Default.RunProvenance)!.Lineage!.ParentRunId);

        Api.On($"GET /v1/runs/{Run}/provenance", 200, """{"prefix":{"run":"urn:uuid:x#"}}""", "application/provenance+json");
        terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.Answer, await terminal.RunAsync("provenance", $"{Run}", "--prov-json", "--url", Url));
        Assert.Equal("urn:uuid:x#", JsonElement.Parse(terminal.Out).GetProperty("prefix").GetProperty("run").GetString());
        var file = Path.Combine(Directory.CreateTempSubdirectory("consensus-provenance-").FullName, "prov.json");
        try
        {
            Assert.Equal(ExitCodes.Answer, await new CapturedTerminal().RunAsync("provenance", $"{Run}", "--prov-json", "--json", file, "--url", Url));
            Assert.Equal(terminal.Out, await File.ReadAllTextAsync(file, Cancelled));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Theory]
    [InlineData("provenance")]
    [InlineData("replay")]
    public async Task ARunThatThereIsNotIsAnError(string command)
    {
        var problem = JsonSerializer.Serialize(
            new ProblemBody
            {
                Type = ErrorCatalog.RunNotFound.Type, Title = ErrorCatalog.RunNotFound.Title, Status = 404,
                Code = ErrorCatalog.RunNotFound.Code, Retryable = false,
            },
            ConsensusJson.Default.ProblemBody);
        Api.On($"GET /v1/runs/{Run}/provenance", 404, problem, "application/problem+json");
        Api.On($"POST /v1/runs/{Run}/replay", 404, problem, "application/problem+json");
        var terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.Error, await terminal.RunAsync(command, $"{Run}", "--url", Url));
        Assert.Contains("run_not_found", terminal.Error, StringComparison.Ordinal);
        Assert.Equal("", terminal.Out);
    }

    [Theory]
    [InlineData("provenance")]
    [InlineData("replay")]
    public async Task WhatIsNoIdIsRefusedBeforeAnythingIsAsked(string command)
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.Error, await terminal.RunAsync(command, "the-last-one", "--url", Url));
        Assert.Contains("'the-last-one' is not the id of a run.", terminal.Error, StringComparison.Ordinal);
        Assert.Empty(Api.Requests);
    }

    private void Answers(RunProvenance provenance) =>
        Api.On($"GET /v1/runs/{Run}/provenance", 200, JsonSerializer.Serialize(provenance, ConsensusJson.Default.RunProvenance));

    private static string[] Lines(CapturedTerminal terminal) => [.. terminal.Out.TrimEnd().Split('\n').Select(static line => line.TrimEnd())];

    private static RunProvenance Whole() => new()
    {
        RunId = Run,
        Kind = RunKind.Evidence,
        Status = RunStatus.Completed,
        Outcome = Outcome.Consensus,
        Strategy = "majority",
        RequestMatches = true,
        EvidenceId = Parent,
        Lineage = new RunLineage
        {
            SchemaVersion = RunLineage.CurrentSchemaVersion,
            ParentRunId = Parent,
            Request = new RequestHash("hmac-sha256", "9f2c", "3f0c"),
            Models =
            [
                new LineageModel { Id = "sim/ada", ProviderKind = "simulator", Roles = ["panel"], ProviderModels = ["ada-1", "ada-2"], Reliability = 0.8 },
                new LineageModel { Id = "sim/boole", Roles = ["panel"] },
            ],
            Prompts = ["evidence@1"],
            Rubric = new LineageRubric("answer-quality", 2),
            Parameters = new LineageParameters
            {
                Temperature = 0.5, Seed = 7, DeadlineMs = 60_000, Quorum = 0.6, AnswerKind = AnswerKindName.Text, Similarity = "lexical", Cache = false,
            },
            Versions = new LineageVersions { Code = "0.1.0", Policy = "315a" },
            TraceId = "4bf9",
        },
        Candidates =
        [
            new ProvenanceCandidate(0, "sim/ada", null, 0, CandidateStatus.Answered, null, false, 0),
            new ProvenanceCandidate(1, "sim/boole", null, 0, CandidateStatus.Answered, null, false, 0),
        ],
        Attribution = new AnswerAttribution
        {
            Answer = new AnswerBody(Said, null, AnswerKindName.Text),
            Candidates = [0, 1],
            Text = Said,
            Sentences =
            [
                new AttributedSentence(0, 26, [new CandidateSource(0, 1, 0, 26)], [new PassageSource(2, 0.875, 3, 29)]),
                new AttributedSentence(27, 46, [], []),
            ],
            IsWhole = false,
        },
    };
}
