namespace Consensus.AppHost.Standalone.Running;

/// <summary>One console for all: whole lines, those of a service with its name before them.</summary>
internal sealed class ConsoleLog(TextWriter output)
{
    private const int NameWidth = 10;

    // Cyan, green, magenta, blue, yellow.
    private static readonly int[] s_colours = [36, 32, 35, 34, 33];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _services = new(StringComparer.Ordinal);

    /// <summary>Whether the console shows colours.</summary>
    public bool HasColours { get; } = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Says something about the whole.</summary>
    public void Say(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    /// <summary>Tells where something is found: <c>api        http://localhost:5080</c>.</summary>
    public void Address(string name, string url) => Say($"{name.PadRight(NameWidth)} {url}");

    /// <summary>Passes on what a service wrote.</summary>
    public void Service(string name, string line)
    {
        lock (_gate)
        {
            if (!_services.TryGetValue(name, out var index))
            {
                index = _services[name] = _services.Count;
            }

            var prefix = $"{name.PadRight(NameWidth)} |";
            output.WriteLine(HasColours ? $"\e[{s_colours[index % s_colours.Length]}m{prefix}\e[0m {line}" : $"{prefix} {line}");
            output.Flush();
        }
    }
}
