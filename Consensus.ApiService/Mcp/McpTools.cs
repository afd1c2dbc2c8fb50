using System.Text.Json;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Evidence;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Runs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Consensus.ApiService.Mcp;

/// <summary>The tools, each open to a scope: those that a caller may not use are not listed for it.</summary>
internal sealed partial class McpTools(PanelQuestions questions, EvidenceMode evidence, RunLog log, Drain drain, ModelCatalog catalog, ILogger<McpTools> logger)
{
    public const string Ask = "ask_consensus";
    public const string CheckEvidence = "check_evidence";
    public const string GetRun = "get_run";

    private const string RunId = "runId";

    private static readonly string[] RunIdOnly = [RunId];
    private static readonly Dictionary<string, JsonElement> Nothing = [];

    private readonly (Tool Tool, string Scope)[] tools =
    [
        (new Tool
        {
            Name = Ask,
            Title = "Ask a panel of models",
            Description = "Asks one question of several language models and tells what they agree on, how strongly, how likely it is to be right, and who dissents. "
                + "Where they do not agree there is no answer, and it says so. Use it for questions whose answer matters and can be compared. Every call asks models and may cost money.",
            InputSchema = AskSchema.Of(catalog),
            OutputSchema = VerdictSchema.Of(isLookUp: false),
            Annotations = new ToolAnnotations { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
        }, Scopes.Run),
        (new Tool
        {
            Name = CheckEvidence,
            Title = "Check an answer against documents",
            Description = "Splits an answer into claims and tells of each whether documents support it, contradict it, or say too little, with the sentences that it rests on. "
                + "Use it before relying on a text that states facts. A judge model is asked only where one is configured or entailment is asked for.",
            InputSchema = CheckSchema.Input,
            OutputSchema = CheckSchema.Output,
            Annotations = new ToolAnnotations { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = false },
        }, Scopes.Run),
        (new Tool
        {
            Name = GetRun,
            Title = "Look up a run",
            Description = "Tells of an earlier run what was asked, what came of it and what every model said. Asks no model.",
            InputSchema = ToolSchema.Element(ToolSchema.Closed(ToolSchema.Object(null, new Dictionary<string, System.Text.Json.Nodes.JsonObject>
            {
                [RunId] = ToolSchema.Text($"The id of a run, as {Ask} tells it."),
            }, RunId))),
            OutputSchema = VerdictSchema.Of(isLookUp: true),
            Annotations = new ToolAnnotations { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
        }, Scopes.Read),
    ];

    private readonly string[] arguments = [.. AskSchema.Properties(catalog).Keys];

    /// <summary>The tools that a caller may use.</summary>
    public ListToolsResult List(HttpContext http) => new() { Tools = [.. tools.Where(t => http.User.HasClaim(Caller.ScopeClaim, t.Scope)).Select(t => t.Tool)] };

    /// <exception cref="McpProtocolException">There is no such tool.</exception>
    /// <exception cref="OperationCanceledException">The caller has gone or does not want it any more; the run is cancelled.</exception>
    public async Task<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, HttpContext http, CancellationToken cancellationToken)
    {
        var name = request.Params?.Name;
        if (tools.FirstOrDefault(t => t.Tool.Name == name) is not { Tool: not null } called)
        {
            McpMetrics.Called(McpMetrics.NoTool, "unknown_tool");
            throw new McpProtocolException($"There is no tool {Shown.Text(name ?? "")}.", McpErrorCode.InvalidParams);
        }

        var (instance, requestId) = ($"{http.Request.Path}#{name}", http.TraceIdentifier);
        if (!http.User.HasClaim(Caller.ScopeClaim, called.Scope))
        {
            return Failed(new Problem(ErrorCatalog.Forbidden, $"The scope that is needed: {called.Scope}."));
        }

        using var held = drain.TryHold();
        if (held is null)
        {
            return Failed(new Problem(ErrorCatalog.Draining));
        }

        try
        {
            var (problem, result) = name switch
            {
                Ask => Told(await AskAsync(request, http, instance, cancellationToken), isLookUp: false),
                CheckEvidence => await CheckAsync(request, http, cancellationToken),
                _ => Told(await FindAsync(request, http, cancellationToken), isLookUp: true),
            };
            if (problem is not null)
            {
                return Failed(problem);
            }

            McpMetrics.Called(called.Tool.Name, "completed");
            return result!;
        }
        catch (OperationCanceledException)
        {
            McpMetrics.Called(called.Tool.Name, "cancelled");
            throw;
        }
        catch (Exception fault)
        {
            LogFault(called.Tool.Name, FaultText.Of(fault));
            return Failed(FaultBarrier.ProblemOf(fault));
        }

        CallToolResult Failed(Problem problem)
        {
            McpMetrics.Called(called.Tool.Name, "problem");
            ErrorMetrics.Record(problem.Code, http);
            return ToolResults.Of(problem, instance, requestId);
        }
    }

    private async Task<(Problem? Problem, ConsensusResponse? Run)> AskAsync(
        RequestContext<CallToolRequestParams> request, HttpContext http, string instance, CancellationToken cancellationToken)
    {
        var violations = new Violations();
        // Opened by what the tool takes, and read by what the API takes: one answer names everything that is wrong.
        var given = ObjectReader.Open(JsonObjects.Of(request.Params?.Arguments ?? Nothing), "", violations, arguments)!;
        if (await questions.ReadAsync(JsonObjects.Of(given.Members), http, violations) is not { } asked)
        {
            return (Problem.Of(violations), null);
        }

        if (questions.Refuse(asked.Plan) is { } refusal)
        {
            return (refusal, null);
        }

        // Nobody could be given the answer of a request that has broken off.
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, http.RequestAborted);
        var watch = request.Params?.ProgressToken is { } token ? new ProgressWatcher(request.Server, token, asked.Plan, gone.Token) : null;
        var start = await questions.ConductAsync(asked.Plan, watch, instance, gone.Token);
        gone.Token.ThrowIfCancellationRequested();
        return start.Ended is { } run ? (RunResult.Failure(run), run) : (start.Refused, null);
    }

    private static (Problem? Problem, CallToolResult? Result) Told((Problem? Problem, ConsensusResponse? Run) ended, bool isLookUp) =>
        ended.Problem is { } problem ? (problem, null) : (null, ToolResults.Of(ended.Run!, isLookUp));

    private async Task<(Problem? Problem, CallToolResult? Result)> CheckAsync(
        RequestContext<CallToolRequestParams> request, HttpContext http, CancellationToken cancellationToken)
    {
        var violations = new Violations();
        var body = JsonObjects.Of(request.Params?.Arguments ?? Nothing);
        if (await evidence.ReadCheckAsync(body, Caller.Of(http), violations, cancellationToken) is not { } check)
        {
            return (Problem.Of(violations), null);
        }

        var (problem, record) = await evidence.CheckAsync(check, Caller.Of(http), cancellationToken);
        return problem is not null ? (problem, null) : (null, EvidenceToolResult.Of(record!));
    }

    private async Task<(Problem? Problem, ConsensusResponse? Run)> FindAsync(RequestContext<CallToolRequestParams> request, HttpContext http, CancellationToken cancellationToken)
    {
        var violations = new Violations();
        var given = ObjectReader.Open(JsonObjects.Of(request.Params?.Arguments ?? Nothing), "", violations, RunIdOnly)!;
        if (!given.Has(RunId))
        {
            violations.Add(RunId, FieldCodes.Required, "The id of a run is missing.");
        }

        var id = given.Text(RunId, TextRules.Any);
        if (!violations.None)
        {
            return (Problem.Of(violations), null);
        }

        if (!log.IsEnabled)
        {
            return (new Problem(ErrorCatalog.RunLogDisabled), null);
        }

        var run = Guid.TryParseExact(id, "D", out var runId) ? await log.FindAsync(runId, Caller.Of(http).Owner, cancellationToken) : null;
        return (run is null ? new Problem(ErrorCatalog.RunNotFound) : null, run);
    }

    [LoggerMessage(LogLevel.Error, "The tool {Tool} failed: {Fault}")]
    private partial void LogFault(string tool, string fault);
}
