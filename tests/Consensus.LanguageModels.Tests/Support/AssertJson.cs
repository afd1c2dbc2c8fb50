using System.Text.Json.Nodes;

namespace Consensus.LanguageModels.Tests.Support;

internal static class AssertJson
{
    /// <summary>The same members with the same values; their order and the white space do not count.</summary>
    public static void Same(string expected, string actual)
    {
        var (left, right) = (JsonNode.Parse(expected), JsonNode.Parse(actual));
        Assert.True(JsonNode.DeepEquals(left, right), $"expected {left!.ToJsonString()}\nactual   {right!.ToJsonString()}");
    }
}
