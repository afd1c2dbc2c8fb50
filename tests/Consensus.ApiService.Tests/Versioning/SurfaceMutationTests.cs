using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;

namespace Consensus.ApiService.Tests.Versioning;

/// <summary>The real surface, changed in one place after the other: each change is found, and for what it is.</summary>
public sealed class SurfaceMutationTests(SharedApi shared)
{
    [Fact]
    public async Task EverythingThatIsTakenAwayBreaks() => await CheckAsync(breaks: true, least: 1000, surface =>
    [
        .. Places(surface, "operations"),
        .. Operations(surface).SelectMany(o => Places(surface, "operations", o, "parameters")),
        .. Operations(surface).SelectMany(o => Places(surface, "operations", o, "responses")),
        .. Operations(surface).Select(o => Removal("operations", o, "operationId")),
        .. Operations(surface).SelectMany(o => Places(surface, "operations", o, "request", "content")),
        .. from o in Operations(surface)
           from r in Names(surface, "operations", o, "responses")
           from place in Places(surface, "operations", o, "responses", r, "content")
           select place,
        .. from o in Operations(surface)
           let first = Names(surface, "operations", o, "responses")[0]
           from i in Enumerable.Range(0, (surface["operations"]![o]!["responses"]![first]!["headers"] as JsonArray)?.Count ?? 0)
           select new Mutation($"{o} {first} header {i} removed", c => c["operations"]![o]!["responses"]![first]!["headers"]!.AsArray().RemoveAt(i)),
        .. Schemas(surface).SelectMany(s => Places(surface, "schemas", s, "properties")),
        .. Places(surface, "errors"),
        .. surface["violations"]!.AsArray().Select((_, i) => new Mutation($"violation {i} removed", c => c["violations"]!.AsArray().RemoveAt(i))),
    ]);

    [Fact]
    public async Task EveryOtherBreakIsFoundToo() => await CheckAsync(breaks: true, least: 800, surface =>
    {
        var (given, told) = (Reached(surface, "request", "parameters"), Reached(surface, "responses"));
        return
        [
            .. Operations(surface).Select(o => new Mutation($"{o} tightened", c => c["operations"]![o]!["scopes"] = new JsonArray("admin+worker"))),
            .. from o in Operations(surface)
               from p in Names(surface, "operations", o, "parameters")
               where surface["operations"]![o]!["parameters"]![p]!["required"] is null
               select new Mutation($"{o} {p} required", c => c["operations"]![o]!["parameters"]![p]!["required"] = true),
            .. from o in Operations(surface)
               select new Mutation($"{o} new demand", c => Put(c["operations"]![o]!, "parameters", "query zz", new JsonObject { ["required"] = true })),
            // Of what may be anything, a response may make something.
            .. from s in Schemas(surface)
               from p in Names(surface, "schemas", s, "properties")
               where surface["schemas"]![s]!["properties"]![p] is not JsonObject { Count: 0 }
               select new Mutation($"{s}.{p} another type", c => c["schemas"]![s]!["properties"]![p] = new JsonObject { ["type"] = "strange" }),
            .. from s in Schemas(surface)
               where given.Contains(s) && IsObject(surface, s)
               select new Mutation($"{s} new demand", c => Append(c["schemas"]![s]!, "required", "zz")),
            .. from s in Schemas(surface)
               where told.Contains(s)
               from i in Enumerable.Range(0, (surface["schemas"]![s]!["required"] as JsonArray)?.Count ?? 0)
               select new Mutation($"{s} required {i} dropped", c => c["schemas"]![s]!["required"]!.AsArray().RemoveAt(i)),
            .. from s in Schemas(surface)
               where given.Contains(s)
               from i in Enumerable.Range(0, (surface["schemas"]![s]!["enum"] as JsonArray)?.Count ?? 0)
               select new Mutation($"{s} word {i} dropped", c => c["schemas"]![s]!["enum"]!.AsArray().RemoveAt(i)),
            .. Names(surface, "errors").Select(e => new Mutation($"{e} another status", c => c["errors"]![e]!["status"] = 418)),
        ];
    });

    [Fact]
    public async Task WhatIsAddedBreaksNothing() => await CheckAsync(breaks: false, least: 300, surface =>
    {
        var told = Reached(surface, "responses");
        return
        [
            new Mutation("operation", c => c["operations"]!["GET /v1/zz"] = new JsonObject { ["responses"] = new JsonObject() }),
            new Mutation("code", c => c["errors"]!["zz"] = new JsonObject { ["status"] = 418 }),
            new Mutation("violation", c => c["violations"]!.AsArray().Add("zz")),
            .. Operations(surface).Select(o => new Mutation($"{o} deprecated", c => c["operations"]![o]!["deprecated"] = true)),
            .. Operations(surface).Select(o => new Mutation($"{o} opened", c => c["operations"]![o]!["scopes"]!.AsArray().Add("zz"))),
            .. Operations(surface).Select(o => new Mutation($"{o} parameter", c => Put(c["operations"]![o]!, "parameters", "query zz", new JsonObject()))),
            .. Operations(surface).Select(o => new Mutation($"{o} response", c => Put(c["operations"]![o]!, "responses", "418", new JsonObject()))),
            .. from s in Schemas(surface)
               where IsObject(surface, s)
               select new Mutation($"{s} member", c => Put(c["schemas"]![s]!, "properties", "zz", new JsonObject { ["type"] = "string" })),
            .. from s in Schemas(surface)
               where surface["schemas"]![s]!["enum"] is not null
               select new Mutation($"{s} word", c => c["schemas"]![s]!["enum"]!.AsArray().Add("zz")),
            .. from s in Schemas(surface)
               where !told.Contains(s)
               from i in Enumerable.Range(0, (surface["schemas"]![s]!["required"] as JsonArray)?.Count ?? 0)
               select new Mutation($"{s} required {i} dropped", c => c["schemas"]![s]!["required"]!.AsArray().RemoveAt(i)),
        ];
    });

    private async Task CheckAsync(bool breaks, int least, Func<JsonObject, Mutation[]> mutations)
    {
        var surface = await SurfaceTests.ReadAsync(shared.App);
        Assert.Empty(SurfaceComparer.Compare(surface, surface.DeepClone().AsObject()));
        var all = mutations(surface);
        Assert.True(all.Length >= least, $"only {all.Length} changes were tried");
        var wrong = all.AsParallel().Where(mutation =>
        {
            var changed = surface.DeepClone().AsObject();
            mutation.Apply(changed);
            var differences = SurfaceComparer.Compare(surface, changed);
            return differences.Count == 0 || differences.Any(d => d.IsBreaking) != breaks;
        }).Select(mutation => mutation.What);
        Assert.Empty(wrong);
    }

    private static IEnumerable<Mutation> Places(JsonObject surface, params string[] path) => Names(surface, path).Select(name => Removal([.. path, name]));

    private static Mutation Removal(params string[] path) => new(
        $"{string.Join(' ', path)} removed", c => Assert.True(path[..^1].Aggregate((JsonNode)c, (node, step) => node[step]!).AsObject().Remove(path[^1])));

    private static string[] Names(JsonObject surface, params string[] path) =>
        path.Aggregate((JsonNode?)surface, (node, step) => node?[step]) is JsonObject members ? [.. members.Select(m => m.Key)] : [];

    private static string[] Operations(JsonObject surface) => Names(surface, "operations");

    private static string[] Schemas(JsonObject surface) => Names(surface, "schemas");

    private static bool IsObject(JsonObject surface, string schema) => surface["schemas"]![schema]!["properties"] is not null;

    private static void Put(JsonNode of, string members, string name, JsonNode value)
    {
        of[members] ??= new JsonObject();
        of[members]![name] = value;
    }

    private static void Append(JsonNode of, string items, string word)
    {
        of[items] ??= new JsonArray();
        of[items]!.AsArray().Add(word);
    }

    /// <summary>The named schemas that some part of any operation uses, counted apart from the comparer.</summary>
    private static HashSet<string> Reached(JsonObject surface, params string[] parts)
    {
        var reached = new HashSet<string>();
        var open = new Queue<JsonNode?>(surface["operations"]!.AsObject().SelectMany(o => parts.Select(part => o.Value![part])));
        while (open.TryDequeue(out var node))
        {
            switch (node)
            {
                case JsonObject members:
                    members.ToList().ForEach(m => open.Enqueue(m.Key is "required" or "enum" ? null : m.Value));
                    break;
                case JsonArray items:
                    items.ToList().ForEach(open.Enqueue);
                    break;
                case JsonValue value when value.TryGetValue<string>(out var name) && surface["schemas"]![name] is { } schema && reached.Add(name):
                    open.Enqueue(schema);
                    break;
            }
        }

        return reached;
    }

    private sealed record Mutation(string What, Action<JsonObject> Apply);
}
