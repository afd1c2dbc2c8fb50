using System.Text.Json;

namespace Consensus.ApiService.Reading;

/// <summary>The names of an enum's members on the wire: snake_case, compared exactly.</summary>
internal static class WireNames<T>
    where T : struct, Enum
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<T>().Select(Of)];

    public static string Of(T value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static T? Parse(string name)
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == name)
            {
                return value;
            }
        }

        return null;
    }
}
