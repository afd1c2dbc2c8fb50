using System.Text.Json.Nodes;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence;

namespace Consensus.ApiService.Provenance;

/// <summary>Where an answer came from as W3C PROV (Recommendation, 2013) in the form of PROV-JSON (W3C member submission, 2013).</summary>
internal sealed class ProvJson
{
    /// <summary>The media type of PROV-JSON.</summary>
    public const string MediaType = "application/provenance+json";

    /// <summary>The namespace of our own attributes and types.</summary>
    public const string Namespace = "urn:consensus:provenance:1#";

    private const string Own = "consensus";
    private const string Service = "run:service";
    private const string Request = "run:request";
    private const string Run = "run:run";
    private const string Decision = "run:decision";
    private const string Answer = "run:answer";
    private const string Parent = "parent";

    private readonly SortedDictionary<string, JsonObject> sections = new(StringComparer.Ordinal);
    private readonly TracedRun traced;
    private int relations;

    private ProvJson(TracedRun traced) => this.traced = traced;

    /// <summary>The document of a run.</summary>
    public static JsonObject Of(TracedRun traced) => new ProvJson(traced).Document();

    private JsonObject Document()
    {
        Frame();
        foreach (var candidate in traced.Provenance.Candidates)
        {
            Called(candidate.Id, candidate.Model, candidate.ProviderModel, candidate.Status);
        }

        var embeddedBy = traced.Evidence?.Method is { Search: PassageSearch.Hybrid } method ? method.Embeddings?.Model : null;
        foreach (var passage in traced.Evidence?.Passages ?? [])
        {
            var id = $"run:passage-{passage.Number}";
            Put("entity", id, Typed(
                "Passage", ("passageId", passage.Id), ("contentHash", passage.ContentHash), ("source", passage.Source), ("title", passage.Title),
                ("embeddingModel", embeddedBy)));
            Relate("used", ("activity", Run), ("entity", id));
        }

        if (traced.Run.Outcome is not null)
        {
            Decided();
        }

        var document = new JsonObject
        {
            ["prefix"] = Prefixes(traced.Run.Provenance?.ParentRunId),
        };
        foreach (var (name, members) in sections)
        {
            document[name] = members;
        }

        return document;
    }

    private JsonObject Prefixes(Guid? parent)
    {
        var prefixes = new JsonObject { [Own] = Namespace, ["run"] = RunNamespace(traced.Run.RunId) };
        if (parent is { } id)
        {
            prefixes[Parent] = RunNamespace(id);
        }

        return prefixes;
    }

    private static string RunNamespace(Guid runId) => $"urn:uuid:{runId:D}#";

    /// <summary>The run itself, what it was asked, and the service that conducted it.</summary>
    private void Frame()
    {
        var (run, lineage) = (traced.Run, traced.Run.Provenance);
        Put("agent", Service, With(
            new JsonObject { ["prov:type"] = Name("prov:SoftwareAgent") }, ("codeVersion", lineage?.Versions.Code),
            ("calibration", lineage?.Versions.Calibration),
            ("policy", lineage?.Versions.Policy), ("scoringConfig", lineage?.Versions.ScoringConfig)));
        Put("entity", Request, Typed("Request", ("hash", lineage?.Request?.Value), ("hashKey", lineage?.Request?.Key)));
        var activity = Typed(
            "Run", ("kind", WireName.Of(run.Kind)), ("strategy", run.Strategy), ("status", WireName.Of(run.Status)), ("traceId", lineage?.TraceId));
        Put("activity", Run, Timed(activity, run.CreatedAt, run.FinishedAt));
        Relate("used", ("activity", Run), ("entity", Request));
        Relate("wasAssociatedWith", ("activity", Run), ("agent", Service));
        if (lineage?.ParentRunId is not null)
        {
            // Under the name that it has in its own document.
            Put("activity", $"{Parent}:run", Typed("Run"));
            Relate("wasInformedBy", ("informed", Run), ("informant", $"{Parent}:run"));
        }

        foreach (var (i, model) in Models().Index())
        {
            Put("agent", $"run:model-{i}", With(
                new JsonObject { ["prov:type"] = Name("prov:SoftwareAgent"), ["prov:label"] = model }, ("model", model),
                ("providerKind", lineage?.Models.FirstOrDefault(one => one.Id == model)?.ProviderKind)));
        }
    }

    /// <summary>One call and what it gave.</summary>
    private void Called(int candidate, string model, string? exact, CandidateStatus status)
    {
        var (call, text) = ($"run:call-{candidate}", $"run:candidate-{candidate}");
        var agent = $"run:model-{Array.IndexOf(Models(), model)}";
        if (traced.Run.Kind != RunKind.Aggregate)
        {
            Put("activity", call, Typed("Call", ("status", WireName.Of(status))));
            Relate("wasAssociatedWith", ("activity", call), ("agent", agent));
            Relate("actedOnBehalfOf", ("delegate", agent), ("responsible", Service), ("activity", call));
            Relate("used", ("activity", call), ("entity", Request));
            Relate("wasInformedBy", ("informed", call), ("informant", Run));
        }

        if (status == CandidateStatus.Failed)
        {
            return;
        }

        Put("entity", text, Typed("Candidate", ("status", WireName.Of(status)), ("providerModel", exact)));
        Relate("wasAttributedTo", ("entity", text), ("agent", agent));
        if (traced.Run.Kind != RunKind.Aggregate)
        {
            Relate("wasGeneratedBy", ("entity", text), ("activity", call));
        }
    }

    /// <summary>The decision, and the answer where there is one.</summary>
    private void Decided()
    {
        var (run, provenance) = (traced.Run, traced.Provenance);
        Put("activity", Decision, Timed(Typed("Decision", ("outcome", WireName.Of(run.Outcome)), ("strategy", run.Strategy)), null, run.FinishedAt));
        Relate("wasInformedBy", ("informed", Decision), ("informant", Run));
        Relate("wasAssociatedWith", ("activity", Decision), ("agent", Service));
        foreach (var candidate in provenance.Candidates.Where(static candidate => candidate.Status != CandidateStatus.Failed))
        {
            Relate("used", ("activity", Decision), ("entity", $"run:candidate-{candidate.Id}"));
        }

        if (run.Outcome is not (Outcome.Consensus or Outcome.Plurality) || run.Clusters is not [var winner, ..])
        {
            return;
        }

        Put("entity", Answer, Typed("Answer", ("kind", WireName.Of(winner.Answer.Kind))));
        Relate("wasGeneratedBy", ("entity", Answer), ("activity", Decision));
        Relate("wasAttributedTo", ("entity", Answer), ("agent", Service));
        var sentences = provenance.Attribution?.Sentences ?? [];
        var saying = sentences.SelectMany(static sentence => sentence.Candidates).Select(static source => source.Candidate);
        foreach (var candidate in winner.Candidates.Union(saying).Order())
        {
            Relate("wasDerivedFrom", ("generatedEntity", Answer), ("usedEntity", $"run:candidate-{candidate}"));
        }

        foreach (var passage in sentences.SelectMany(static sentence => sentence.Passages).Select(static source => source.Passage).Distinct().Order())
        {
            Relate("wasDerivedFrom", ("generatedEntity", Answer), ("usedEntity", $"run:passage-{passage}"));
        }
    }

    private string[] Models() =>
    [
        .. traced.Provenance.Candidates.Select(static candidate => candidate.Model)
            .Concat((traced.Run.Provenance?.Models ?? []).Select(static model => model.Id)).Distinct(StringComparer.Ordinal),
    ];

    private void Put(string section, string id, JsonObject attributes)
    {
        if (!sections.TryGetValue(section, out var members))
        {
            sections[section] = members = [];
        }

        members[id] = attributes;
    }

    private void Relate(string relation, params (string Role, string Id)[] ends) =>
        Put(relation, $"_:r{++relations}", new JsonObject(ends.Select(static end => KeyValuePair.Create("prov:" + end.Role, (JsonNode?)end.Id))));

    private static JsonObject Typed(string type, params (string Name, string? Value)[] attributes) =>
        With(new JsonObject { ["prov:type"] = Name($"{Own}:{type}") }, attributes);

    private static JsonObject With(JsonObject members, params (string Name, string? Value)[] attributes)
    {
        foreach (var (name, value) in attributes.Where(static attribute => attribute.Value is not null))
        {
            members[$"{Own}:{name}"] = value;
        }

        return members;
    }

    private static JsonObject Timed(JsonObject members, DateTimeOffset? start, DateTimeOffset? end)
    {
        foreach (var (name, time) in (ReadOnlySpan<(string, DateTimeOffset?)>)[("prov:startTime", start), ("prov:endTime", end)])
        {
            if (time is { } known)
            {
                members[name] = known.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return members;
    }

    /// <summary>A name that is one of a namespace, not a text that looks like it.</summary>
    private static JsonObject Name(string name) => new() { ["$"] = name, ["type"] = "xsd:QName" };
}
