using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Consensus.ApiService.Errors;
using Consensus.ApiService.OpenAi;
using Consensus.ApiService.Provenance;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Tests.Reading;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;
using Consensus.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Consensus.ApiService.Tests.Docs;

/// <summary>Writes <c>docs/errors.md</c>: the catalogue, with examples made by the code that answers requests.</summary>
internal static class ErrorsDocument
{
    private const string ChatRoute = "POST /openai/v1/chat/completions";
    private const string RequestId = "0197f3c2-5a10-7c3e-9b1d-2f6a4e8c0b11";
    private static readonly Guid RunId = Guid.Parse("0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d35");

    private static readonly ConsensusJson Indented = new(new JsonSerializerOptions(ConsensusJson.Default.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write()
    {
        var text = new StringBuilder("""
            # Errors

            <!-- Generated from the catalogue in Consensus.Contracts/Errors by Consensus.ApiService.Tests with CONSENSUS_WRITE_DOCS=1; edits are lost. -->

            Every error is an [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problem with the media type `application/problem+json`. A client switches on `code`: codes are never renamed or
            reused. `retryable` says whether the same request may succeed later. `requestId` is the caller's `X-Request-Id` or one made for it; the log has every line of the request under it.
            Members that do not apply are `null`. In a stream of events the same body is the data of the event `error`. Under `/openai` errors have [OpenAI's shape](openai.md#errors-and-retries), with the same codes.

            | code | status | retryable | when |
            | --- | --- | --- | --- |

            """);
        foreach (var code in ErrorCatalog.All)
        {
            text.Append($"| [`{code.Code}`](#{code.Code}) | {code.Status} | {(code.Retryable ? "yes" : "no")} | {code.Title} |\n");
        }

        foreach (var code in ErrorCatalog.All)
        {
            text.Append($"\n## {code.Code}\n\n{code.Description}\n\n```json\n{JsonSerializer.Serialize(Example(code).Body("/v1/consensus", RequestId), Indented.ProblemBody)}\n```\n");
        }

        text.Append("""

            # Violations

            With `validation_failed`, `errors` lists every violation of the request at once, up to 100 (`detail` counts all). `field` is the member's path, `$` the body itself; names of the caller's
            own stand in brackets, such as `metadata["key"]`. For `GET /v1/runs` the fields are the query's parameters.


            """);
        foreach (var code in FieldCodes.All)
        {
            text.Append($"## {code.Code}\n\n{code.Description}\n\n{FieldExample(code)}\n");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static Problem Example(ErrorCode code)
    {
        var failed = new CandidateBody
        {
            Id = 0,
            Model = "sim/ada",
            Family = "analytic",
            Status = CandidateStatus.Failed,
            Attempts = 3,
            LatencyMs = 812.4,
            Error = new CandidateErrorBody(FailureReason.Unavailable, "The provider answered 500."),
        };
        return code.Code switch
        {
            "malformed_json" => new Problem(code, "Line 1, byte 12: 'n' is an invalid start of a value."),
            "validation_failed" => Problem.Of(Violate("POST /v1/consensus", """{"prompt":"Is 7 prime?","earlyStop":"soon","temperature":9}""")),
            "forbidden" => new Problem(code, "The scope that is needed: run."),
            "method_not_allowed" => new Problem(code, "PUT is not allowed here; POST is."),
            "body_too_large" => new Problem(code, $"At most {Contracts.Limits.BodyBytes} bytes are allowed here."),
            "panel_failed" => new Problem(code) { RunId = RunId, Candidates = [failed] },
            "deadline_exceeded" => new Problem(code)
            {
                RunId = RunId,
                Candidates = [failed with { Attempts = 1, Error = new CandidateErrorBody(FailureReason.Timeout, "No answer before the run's deadline.") }],
            },
            _ => new Problem(code),
        };
    }

    /// <summary>The first case of a code, with the violation that it really makes.</summary>
    private static string FieldExample(FieldCode code)
    {
        var (route, request) = code == FieldCodes.PriceUnknown
            ? ("POST /v1/consensus", """{"prompt":"x","models":["far/unpriced"],"maxCostUsd":1}""")
            : code == FieldCodes.NotSupported ? (ChatRoute, """{"model":"consensus","messages":[{"role":"user","content":"x"}],"n":2}""")
            : ViolationCases.Rows.Where(r => r.Violation.EndsWith($" {code.Code}", StringComparison.Ordinal)).Select(r => (r.Route, r.Request)).First();
        var error = code == FieldCodes.InvalidCursor ? RunsApi.WrongCursor()
            : code == FieldCodes.UnknownRun ? NoRun().Errors[0]
            : route == "PUT /v1/calibration" ? Storage.Fitting.FittedReader.Read(request).Errors[0]
            : Violate(route, request).Errors[0];
        Assert.Equal(code.Code, error.Code);
        var shown = !route.StartsWith("GET", StringComparison.Ordinal) ? $"`{route}` with `{request}`" : $"`{route}?{request}`";
        return $"{shown}:\n\n```json\n{JsonSerializer.Serialize(new ProblemBody { Type = "", Title = "", Status = 0, Code = "", Retryable = false, Errors = [error] }, Indented.ProblemBody).Split("\"errors\": [")[1].Split("\n  ],")[0].Trim().ReplaceLineEndings("\n").Replace("\n    ", "\n", StringComparison.Ordinal)}\n```\n";
    }

    private static Violations NoRun()
    {
        var violations = new Violations();
        ParentRuns.AddUnknown(RunId, violations);
        return violations;
    }

    private static Violations Violate(string route, string request)
    {
        var violations = new Violations();
        var run = new RunIdentity(RunId, RequestId, null, default);
        if (route == "GET /v1/runs")
        {
            RunFilterReader.Read(new QueryCollection(QueryHelpers.ParseQuery(request)), violations);
            return violations;
        }

        using var body = JsonDocument.Parse(request);
        if (route == ChatRoute)
        {
            ChatRefusals.Check(ObjectReader.OpenAny(body.RootElement, "", violations)!);
            return violations;
        }

        _ = route == "POST /v1/consensus"
            ? (object?)ConsensusRequestReader.Read(body.RootElement, run, Catalog(), violations)
            : AggregateRequestReader.Read(body.RootElement, run, violations);
        return violations;
    }

    private static ModelCatalog Catalog()
    {
        string[] names = ["ada", "boole", "curie", "darwin", "euler"];
        return new ModelCatalog
        {
            Models =
            [
                .. names.Select(n => new ModelEntry { Id = $"sim/{n}", Provider = "sim", ProviderKind = "simulator", Name = n, Family = n, InputUsdPerMillion = 0, OutputUsdPerMillion = 0 }),
                new ModelEntry { Id = "far/unpriced", Provider = "far", ProviderKind = "openai", Name = "unpriced", Family = "far" },
            ],
            Panels = new Dictionary<string, IReadOnlyList<string>> { ["default"] = [.. names.Select(n => $"sim/{n}")] },
        };
    }
}

public sealed class ErrorsDocumentTests
{
    [Fact]
    public void TheErrorsPageIsWhatTheCatalogueSays() => Repository.Check("docs/errors.md", ErrorsDocument.Write());
}
