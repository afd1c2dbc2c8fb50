using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;

namespace Consensus.ApiService.Tests.Documentation;

/// <summary>Every bound that a request's schema tells is kept: what lies just beyond it is refused, by the member's name.</summary>
public sealed class SchemaBoundsTests(SharedApi shared)
{
    [Fact]
    public async Task WhatLiesBeyondABoundIsRefused()
    {
        var api = await PublishedApi.ReadAsync(shared.App);
        var (taken, tried) = (new List<string>(), 0);
        foreach (var operation in api.Operations.Where(o => o.Node["requestBody"] is not null && o.Path.StartsWith("/v1/", StringComparison.Ordinal)))
        {
            var media = operation.Node["requestBody"]!["content"]!["application/json"]!;
            var example = media["examples"]!.AsObject().First().Value!["value"]!.AsObject();
            foreach (var (field, beyond) in Beyond(api, media["schema"]!, example, example, ""))
            {
                tried++;
                using var request = new HttpRequestMessage(new HttpMethod(operation.Method), operation.Path.Replace("{id}", "01900000-0000-7000-8000-000000000000", StringComparison.Ordinal)
                    .Replace("{name}", "nobody", StringComparison.Ordinal))
                {
                    Content = new StringContent(beyond.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
                };
                using var response = await shared.App.Http.SendAsync(request, TestContext.Current.CancellationToken);
                var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                var errors = JsonNode.Parse(text)?["errors"] as JsonArray ?? [];
                if (!errors.Any(e => ((string)e!["field"]!).StartsWith(field, StringComparison.Ordinal)))
                {
                    taken.Add($"{operation} {field}: {(int)response.StatusCode} {text[..Math.Min(text.Length, 300)]}");
                }
            }
        }

        Assert.Empty(taken);
        Assert.True(tried > 60, $"Only {tried} bounds were tried.");
    }

    /// <summary>The whole body, with one member beyond one of its bounds, for every bound below a place.</summary>
    private static IEnumerable<(string Field, JsonNode Body)> Beyond(PublishedApi api, JsonNode schema, JsonObject whole, JsonObject at, string path)
    {
        foreach (var (name, member) in api.Resolve(schema)["properties"]!.AsObject())
        {
            var field = path + name;
            foreach (var value in Values(member!, at[name]))
            {
                var before = at[name]?.DeepClone();
                at[name] = value;
                var changed = whole.DeepClone();
                at[name] = before;
                if (before is null)
                {
                    at.Remove(name);
                }

                yield return (field, changed);
            }

            var inner = member!["oneOf"]?.AsArray().FirstOrDefault(one => one!["$ref"] is not null) ?? (member["$ref"] is null ? null : member);
            if (at[name] is JsonObject below && inner is not null && api.Resolve(inner)["properties"] is not null)
            {
                foreach (var found in Beyond(api, inner, whole, below, $"{field}."))
                {
                    yield return found;
                }
            }

            if (at[name] is JsonArray and [JsonObject first, ..] && member["items"] is { } items && api.Resolve(items)["properties"] is not null)
            {
                foreach (var found in Beyond(api, items, whole, first, $"{field}[0]."))
                {
                    yield return found;
                }
            }
        }
    }

    private static IEnumerable<JsonNode> Values(JsonNode member, JsonNode? present)
    {
        if ((int?)member["maxLength"] is { } longest)
        {
            yield return new string('a', longest + 1);
        }

        if ((int?)member["minLength"] > 0)
        {
            yield return "";
        }

        if ((double?)member["minimum"] is { } least)
        {
            yield return least - 1;
        }

        if ((double?)member["maximum"] is { } most)
        {
            yield return most + 1;
        }

        if ((double?)member["exclusiveMaximum"] is { } end)
        {
            yield return end;
        }

        if ((int?)member["minItems"] > 0)
        {
            yield return new JsonArray();
        }

        if ((int?)member["maxItems"] is { } longestList)
        {
            yield return new JsonArray([.. Enumerable.Range(0, longestList + 1).Select(i => present is JsonArray and [{ } item, ..] ? item.DeepClone() : $"a{i}")]);
        }

        if ((int?)member["maxProperties"] is { } entries)
        {
            yield return new JsonObject(Enumerable.Range(0, entries + 1).Select(i => KeyValuePair.Create($"k{i}", (JsonNode?)"v")));
        }
    }
}
