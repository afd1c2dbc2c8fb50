using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Benchmarks;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Scoring;
using Consensus.Contracts.Client;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Keys;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;

namespace Consensus.ApiService.Tests.Documentation;

/// <summary>The typed client has a method for every operation, which asks for it and reads its example.</summary>
public sealed class ClientCoverageTests(SharedApi shared)
{
    private static readonly Guid Id = Guid.Parse("0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d01");

    /// <summary>Operations without a method, on purpose: OpenAI's protocol has clients of its own, and schemas are for editors.</summary>
    private static readonly string[] Without = ["completeChat", "getOpenAiModel", "getPolicySchema", "getScoringConfigSchema", "listOpenAiModels"];

    private static readonly Dictionary<string, Func<ConsensusClient, Task>> Methods = new()
    {
        ["askConsensus"] = async client =>
        {
            await client.AskAsync(new ConsensusRequest { Prompt = "x" }, Token);
            await client.BeginAsync(new ConsensusRequest { Prompt = "x" }, "k", Token);
            Assert.IsType<VerdictEvent>(await client.StreamAsync(new ConsensusRequest { Prompt = "x" }, Token).LastAsync(Token));
        },
        ["aggregateAnswers"] = client => client.AggregateAsync(new AggregateRequest { Answers = [] }, Token),
        ["listRuns"] = client => client.ListRunsAsync(new RunQuery { Tag = "docs" }, Token),
        ["getRun"] = client => client.GetRunAsync(Id, Token),
        ["listBackups"] = client => client.ListBackupsAsync(verify: false, Token),
        ["backUp"] = client => client.BackUpAsync(Token),
        ["deleteRun"] = client => client.DeleteRunAsync(Id, Token),
        ["labelRun"] = client => client.LabelRunAsync(Id, new LabelRequest { Right = true }, Token),
        ["getProvenance"] = async client =>
        {
            await client.GetProvenanceAsync(Id, Token);
            await client.GetProvAsync(Id, Token);
        },
        ["replayRun"] = client => client.ReplayRunAsync(Id, new ReplayRequest { Quorum = 0.9 }, Token),
        ["watchRun"] = async client => Assert.IsType<VerdictEvent>(await client.FollowAsync(Id, Token).LastAsync(Token)),
        ["cancelRun"] = client => client.CancelRunAsync(Id, Token),
        ["askEvidence"] = client => client.AskEvidenceAsync(new EvidenceRequest { Prompt = "x", Documents = [new InlineDocument { Content = "x" }] }, cancellationToken: Token),
        ["checkEvidence"] = client => client.CheckEvidenceAsync(new EvidenceCheckRequest { Answer = "x", Documents = [new InlineDocument { Content = "x" }] }, Token),
        ["listEvidence"] = client => client.ListEvidenceAsync(cancellationToken: Token),
        ["getEvidence"] = client => client.GetEvidenceAsync(Id, Token),
        ["deleteEvidence"] = client => client.DeleteEvidenceAsync(Id, Token),
        ["createCollection"] = client => client.CreateCollectionAsync(new NewCollection { Name = "x" }, Token),
        ["listCollections"] = client => client.ListCollectionsAsync(cancellationToken: Token),
        ["getCollection"] = client => client.GetCollectionAsync(Id, Token),
        ["deleteCollection"] = client => client.DeleteCollectionAsync(Id, Token),
        ["searchPassages"] = client => client.SearchPassagesAsync(Id, "whales", cancellationToken: Token),
        ["addDocument"] = client => client.AddDocumentAsync(Id, new InlineDocument { Content = "x" }, Token),
        ["listDocuments"] = client => client.ListDocumentsAsync(Id, cancellationToken: Token),
        ["getDocument"] = client => client.GetDocumentAsync(Id, Id, Token),
        ["deleteDocument"] = client => client.DeleteDocumentAsync(Id, Id, Token),
        ["listPassages"] = client => client.ListPassagesAsync(Id, Id, cancellationToken: Token),
        ["listModels"] = client => client.ListModelsAsync(Token),
        ["listStrategies"] = client => client.ListStrategiesAsync(Token),
        ["judgeRun"] = client => client.JudgeRunAsync(new JudgeJobRequest(Id), Token),
        ["listJudgeJobs"] = client => client.ListJudgeJobsAsync(null, Token),
        ["getJudgeJob"] = client => client.GetJudgeJobAsync(Id, Token),
        ["retryJudgeJob"] = client => client.RetryJudgeJobAsync(Id, Token),
        ["beginJudgeJob"] = client => client.BeginJudgeJobAsync(Id, "worker-1", Token),
        ["submitScores"] = client => client.SubmitScoresAsync(new ScoreSubmission { JobId = Id, Attempt = 1 }, Token),
        ["listScores"] = client => client.ListScoresAsync(null, Token),
        ["listModelScores"] = client => client.ListModelScoresAsync(null, Token),
        ["getRunScores"] = client => client.GetRunScoresAsync(Id, null, Token),
        ["getScoringConfig"] = client => client.GetScoringConfigAsync(Token),
        ["getScoringConfigVersion"] = client => client.GetScoringConfigAsync("0123456789abcdef", Token),
        ["putScoringConfig"] = client => client.PutScoringConfigAsync(JudgedApi.Config, Token),
        ["listScoringConfigs"] = client => client.ListScoringConfigsAsync(null, Token),
        ["getCalibration"] = client => client.GetCalibrationAsync(Token),
        ["putCalibration"] = async client => await client.PutCalibrationAsync(await client.GetCalibrationAsync(Token), Token),
        ["getReliability"] = client => client.GetReliabilityAsync(Token),
        ["refitCalibration"] = client => client.RefitAsync(Token),
        ["listProposals"] = client => client.ListProposalsAsync(null, Token),
        ["getProposal"] = client => client.GetProposalAsync(Id, Token),
        ["publishBenchmarks"] = client => client.PublishBenchmarkAsync(Results.Of(), Token),
        ["listBenchmarks"] = client => client.ListBenchmarksAsync(null, Token),
        ["getBenchmark"] = client => client.GetBenchmarkAsync(Id, Token),
        ["getPolicy"] = client => client.GetPolicyAsync(Token),
        ["getPolicyVersion"] = client => client.GetPolicyAsync("0123456789abcdef", Token),
        ["putPolicy"] = client => client.PutPolicyAsync(new PolicyDocument { SchemaVersion = 1 }, Token),
        ["listPolicies"] = client => client.ListPoliciesAsync(null, Token),
        ["listAudit"] = client => client.ListAuditAsync(null, Token),
        ["getAuditHead"] = client => client.GetAuditHeadAsync(Token),
        ["getRetention"] = client => client.GetRetentionAsync(Token),
        ["purge"] = client => client.PurgeAsync(dryRun: true, Token),
        ["listKeys"] = client => client.ListKeysAsync(Token),
        ["getKey"] = client => client.GetKeyAsync("team-search", Token),
        ["createKey"] = client => client.CreateKeyAsync(new NewKey("team-search", ["run"]), Token),
        ["rotateKey"] = client => client.RotateKeyAsync("team-search", new KeyRotation(3600), Token),
        ["revokeKey"] = client => client.RevokeKeyAsync("team-search", Token),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryOperationHasAMethodOrIsWithoutOneOnPurpose() => Assert.Equal(
        (await PublishedApi.ReadAsync(shared.App)).Operations.Select(o => o.Id).Order(StringComparer.Ordinal),
        Methods.Keys.Concat(Without).Order(StringComparer.Ordinal));

    [Fact]
    public async Task EveryMethodAsksForItsOperationAndReadsItsExample()
    {
        var api = await PublishedApi.ReadAsync(shared.App);
        foreach (var (operation, call) in Methods)
        {
            using var examples = new ExampleAnswers(api);
            using var http = new HttpClient(examples) { BaseAddress = new Uri("http://127.0.0.1:1/") };
            await call(new ConsensusClient(http));
            Assert.Contains(operation, examples.Asked);
        }
    }

    /// <summary>Answers every request with the example of its operation.</summary>
    private sealed class ExampleAnswers(PublishedApi api) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            // A literal part of a path goes before one that stands for anything.
            var operation = api.Operations.Where(o => o.Takes(request.Method.Method, path)).MinBy(o => o.Path.Count(c => c == '{'))
                ?? throw new InvalidOperationException($"{request.Method} {path} is no operation.");
            Asked.Add(operation.Id);
            var (status, answer) = operation.Responses.First(r => r.Status < 300);
            var response = new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request };
            if (answer["content"]?.AsObject() is { } content)
            {
                var events = content["text/event-stream"];
                var isStream = events is not null && request.Headers.Accept.Any(a => a.MediaType == "text/event-stream");
                var media = isStream ? events! : content["application/json"]!;
                var value = media["examples"]!.AsObject().First().Value!["value"]!;
                response.Content = new StringContent(
                    value is JsonValue text && text.TryGetValue<string>(out var stream) ? stream : value.ToJsonString(), Encoding.UTF8,
                    new MediaTypeHeaderValue(isStream ? "text/event-stream" : "application/json"));
            }

            return Task.FromResult(response);
        }
    }
}
