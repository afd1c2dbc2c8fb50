using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration.UserSecrets;
using Microsoft.Extensions.Hosting;

namespace Consensus.AppHost.Standalone;

/// <summary>Keeps generated values where the configuration of the next run finds them.</summary>
internal static class UserSecrets
{
    public static void TryKeep(IHostEnvironment environment, string setting, string value)
    {
        // Read back in development only; elsewhere a value would be written at each start for nobody.
        if (!environment.IsDevelopment() || typeof(UserSecrets).Assembly.GetCustomAttribute<UserSecretsIdAttribute>() is not { } id)
        {
            return;
        }

        try
        {
            var file = PathHelper.GetSecretsPathFromSecretsId(id.UserSecretsId);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var secrets = File.Exists(file) && JsonNode.Parse(File.ReadAllText(file)) is JsonObject known ? known : [];
            secrets[setting] = value;

            // Whole or not at all: another host may read or write it at this moment.
            var draft = $"{file}.{Environment.ProcessId}";
            using (var stream = new FileStream(draft, Options()))
            {
                stream.Write(System.Text.Encoding.UTF8.GetBytes(secrets.ToJsonString(new() { WriteIndented = true })));
            }

            File.Move(draft, file, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            Console.Error.WriteLine($"{setting} cannot be kept with the user's secrets ({error.Message}): it is a new one at each start.");
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
