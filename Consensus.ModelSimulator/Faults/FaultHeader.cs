using System.Globalization;

namespace Consensus.ModelSimulator.Faults;

/// <summary>Parses <c>X-Simulator-Fault: rate_limit;retry-after=1;times=2</c>.</summary>
internal static class FaultHeader
{
    public const string Name = "X-Simulator-Fault";

    public const string Parameters = "times, probability, latency (milliseconds), retry-after (seconds), status, clean";

    /// <summary>Parses the header; <paramref name="problem"/> says what is wrong with it.</summary>
    public static Fault? Parse(string header, out string? problem)
    {
        var parts = header.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !FaultNames.TryParse(parts[0], out var kind))
        {
            problem = $"{Name} names no known fault; known are: {FaultNames.Allowed}.";
            return null;
        }

        var options = new FaultOptions();
        foreach (var part in parts.AsSpan(1))
        {
            if (!Set(options, part))
            {
                problem = $"{Name} has the parameter '{part}', which cannot be read; the parameters are: {Parameters}.";
                return null;
            }
        }

        problem = options.Violations($"{Name}: ").FirstOrDefault();
        return problem is null ? new Fault(kind, options) : null;
    }

    private static bool Set(FaultOptions options, string part)
    {
        var split = part.IndexOf('=');
        var name = (split < 0 ? part : part[..split]).TrimEnd().ToLowerInvariant();
        var value = split < 0 ? "" : part[(split + 1)..].Trim();
        if (name == "probability" && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var probability))
        {
            options.Probability = probability;
            return true;
        }

        if (name == "clean" && split < 0)
        {
            options.Clean = true;
            return true;
        }

        if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        switch (name)
        {
            case "times": options.Times = number; return true;
            case "latency": options.LatencyMs = number; return true;
            case "retry-after": options.RetryAfterSeconds = number; return true;
            case "status": options.Status = number; return true;
            default: return false;
        }
    }
}
