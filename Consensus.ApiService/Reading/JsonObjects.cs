using System.Text.Json;

namespace Consensus.ApiService.Reading;

/// <summary>Makes a JSON object of members that were read.</summary>
internal static class JsonObjects
{
    public static JsonElement Of(IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(value.GetRawText());
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.ToArray());
    }
}
