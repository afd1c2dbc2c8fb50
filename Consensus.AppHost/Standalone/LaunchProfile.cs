using System.Text.Json;
using System.Text.Json.Nodes;

namespace Consensus.AppHost.Standalone;

/// <summary>The <c>http</c> profile of a project's <c>launchSettings.json</c>.</summary>
internal sealed record LaunchProfile(int Port, IReadOnlyDictionary<string, string> Environment)
{
    private const string Name = "http";

    /// <exception cref="InvalidOperationException">The project has no such profile.</exception>
    public static LaunchProfile Read(string projectPath)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(file)
            || JsonNode.Parse(File.ReadAllText(file), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })
                ?["profiles"]?[Name] is not JsonObject profile
            || profile["applicationUrl"]?.GetValue<string>() is not { } urls
            || urls.Split(';').FirstOrDefault(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) is not { } http)
        {
            throw new InvalidOperationException($"{file} needs a profile '{Name}' with an applicationUrl.");
        }

        var environment = profile["environmentVariables"] is JsonObject variables
            ? variables.ToDictionary(variable => variable.Key, variable => variable.Value?.GetValue<string>() ?? "", StringComparer.Ordinal)
            : [];
        return new LaunchProfile(new Uri(http).Port, environment);
    }
}
