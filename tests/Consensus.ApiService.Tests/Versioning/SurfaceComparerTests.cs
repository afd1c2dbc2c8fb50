using System.Text.Json.Nodes;
using Consensus.Contracts.Errors;
using FsCheck.Xunit;

namespace Consensus.ApiService.Tests.Versioning;

/// <summary>Every kind of change, made to a small description: is it one that breaks callers?</summary>
public sealed class SurfaceComparerTests
{
    [Theory]
    [MemberData(nameof(SurfaceCases.Changes), MemberType = typeof(SurfaceCases))]
    public void AChangeIsFoundForWhatItIs(string place, string? value, bool breaks)
    {
        var differences = SurfaceComparer.Compare(Of(SurfaceCases.Document), Of(Changed(place, value)));
        Assert.NotEmpty(differences);
        Assert.True(breaks == differences.Any(d => d.IsBreaking), string.Join('\n', differences));
    }

    [Theory]
    [MemberData(nameof(SurfaceCases.Words), MemberType = typeof(SurfaceCases))]
    public void WordsAreNoPartOfTheSurface(string place, string? value)
    {
        Assert.Equal(SurfaceText.Of(Of(SurfaceCases.Document)), SurfaceText.Of(Of(Changed(place, value))));
        Assert.Empty(SurfaceComparer.Compare(Of(SurfaceCases.Document), Of(Changed(place, value))));
    }

    [Fact]
    public void AnErrorKeepsItsCodeItsStatusAndWhetherToTryAgain()
    {
        ErrorCode gone = new("gone", 410, false, "", ""), busy = new("busy", 503, true, "", "");
        Assert.Equal("BREAKING errors: code busy removed", Told([gone, busy], [gone]));
        Assert.Equal("additive errors: code busy added", Told([gone], [gone, busy]));
        Assert.Equal("BREAKING errors gone: status 410 became 404", Told([gone], [new("gone", 404, false, "other words", "")]));
        Assert.Equal("BREAKING errors busy: retryable true became false", Told([busy], [new("busy", 503, false, "", "")]));
        Assert.Equal("", Told([gone, busy], [busy, gone]));

        static string Told(ErrorCode[] before, ErrorCode[] after) => string.Join('\n', SurfaceComparer.Compare(With(before, []), With(after, [])));
    }

    [Fact]
    public void AViolationKeepsItsCode()
    {
        FieldCode one = new("one", ""), two = new("two", "");
        Assert.Equal("BREAKING violations: violation two removed", Assert.Single(SurfaceComparer.Compare(With([], [one, two]), With([], [one]))).ToString());
        Assert.Equal("additive violations: violation two added", Assert.Single(SurfaceComparer.Compare(With([], [one]), With([], [two, one]))).ToString());
    }

    [Property]
    public void AnotherOrderIsNoDifference(int seed)
    {
        var shuffled = Shuffled(JsonNode.Parse(SurfaceCases.Document)!, new Random(seed))!;
        Assert.Equal(SurfaceText.Of(Of(SurfaceCases.Document)), SurfaceText.Of(Of(shuffled.ToJsonString())));
    }

    [Fact]
    public void TextAndSurfaceAreTheSame()
    {
        var text = SurfaceText.Of(Of(SurfaceCases.Document));
        Assert.Equal(text, SurfaceText.Of(JsonNode.Parse(text)!));
        Assert.True(JsonNode.DeepEquals(Of(SurfaceCases.Document), JsonNode.Parse(text)));
        Assert.Matches("^[0-9a-f]{12}$", SurfaceText.Fingerprint(text));
        Assert.NotEqual(SurfaceText.Fingerprint(text), SurfaceText.Fingerprint(text + " "));
    }

    private static JsonObject Of(string document) => Surface.Of(JsonNode.Parse(document)!, [], []);

    private static JsonObject With(ErrorCode[] errors, FieldCode[] violations) => Surface.Of(JsonNode.Parse(SurfaceCases.Document)!, errors, violations);

    private static string Changed(string place, string? value)
    {
        var document = JsonNode.Parse(SurfaceCases.Document)!;
        var steps = place.Split('|');
        var at = steps[..^1].Aggregate(document, (node, step) => node is JsonArray items ? items[int.Parse(step)]! : node[step]!);
        var changed = value is null ? null : JsonNode.Parse(value);
        switch (at, steps[^1])
        {
            case (JsonArray items, "+"):
                items.Add(changed);
                break;
            case (JsonArray items, var index):
                items.RemoveAt(int.Parse(index));
                break;
            case (JsonObject members, var name) when changed is null:
                Assert.True(members.Remove(name));
                break;
            case (JsonObject members, var name):
                members[name] = changed;
                break;
        }

        return document.ToJsonString();
    }

    private static JsonNode? Shuffled(JsonNode? node, Random random) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(_ => random.Next()).Select(m => KeyValuePair.Create(m.Key, Shuffled(m.Value, random)))),
        JsonArray items => new JsonArray([.. items.OrderBy(_ => random.Next()).Select(i => Shuffled(i, random))]),
        _ => node?.DeepClone(),
    };
}
