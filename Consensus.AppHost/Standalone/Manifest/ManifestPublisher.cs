using System.Text.Json;

namespace Consensus.AppHost.Standalone.Manifest;

/// <summary>Answers <c>--publisher manifest --output-path FILE</c>.</summary>
internal static class ManifestPublisher
{
    public static int Publish(DistributedApplicationBuilder model)
    {
        if (model.Configuration["publisher"] is not "manifest")
        {
            Console.Error.WriteLine("The standalone mode publishes a manifest only: --publisher manifest --output-path FILE");
            return 1;
        }

        if (model.Configuration["output-path"] is not { Length: > 0 } path)
        {
            Console.Error.WriteLine("--output-path FILE is missing: where is the manifest to be written?");
            return 1;
        }

        var file = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using (var stream = File.Create(file))
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            new ManifestWriter(json, Path.GetDirectoryName(file)!).Write(model);
        }

        Console.WriteLine($"Published manifest to: {file}");
        return 0;
    }
}
