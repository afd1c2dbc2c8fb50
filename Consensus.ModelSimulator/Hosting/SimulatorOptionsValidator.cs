using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Faults;
using Microsoft.Extensions.Options;

namespace Consensus.ModelSimulator.Hosting;

/// <summary>Checks the configuration at start and names every offender at once.</summary>
internal sealed class SimulatorOptionsValidator : IValidateOptions<SimulatorOptions>
{
    public ValidateOptionsResult Validate(string? name, SimulatorOptions options)
    {
        var violations = Violations(options).ToList();
        return violations.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(violations);
    }

    private static IEnumerable<string> Violations(SimulatorOptions options)
    {
        IEnumerable<string?> found =
        [
            Outside("Simulator:LatencyScale", options.LatencyScale, 0, 1000),
            Outside("Simulator:WrongAnswerCorrelation", options.WrongAnswerCorrelation, 0, 1),
            Outside("Simulator:DifficultyCorrelation", options.DifficultyCorrelation, 0, 1),
            Outside("Simulator:HabitCorrelation", options.HabitCorrelation, 0, 1),
            Outside("Simulator:DifficultyCorrelation + Simulator:HabitCorrelation", options.DifficultyCorrelation + options.HabitCorrelation, 0, 1),
            Outside("Simulator:HangBoundMs", options.HangBoundMs, 1, 600_000),
            .. Latency("Simulator:ReplayLatency", options.ReplayLatency),
            .. options.Suites.Where(s => !File.Exists(s)).Select(s => $"Simulator:Suites names '{s}', which is not a file."),
            .. options.Models.SelectMany(m => Model($"Simulator:Models:{m.Key}", m.Value)),
        ];
        return found.OfType<string>();
    }

    private static IEnumerable<string?> Model(string path, ModelOptions model) =>
    [
        string.IsNullOrWhiteSpace(model.Family) ? $"{path}:Family is empty." : null,
        Enum.IsDefined(model.Style) ? null : $"{path}:Style is {model.Style}, which is not a style.",
        Outside($"{path}:Skill:Overall", model.Skill.Overall, 0, 1),
        Outside($"{path}:Judge:Noise", model.Judge.Noise, 0, 1),
        Outside($"{path}:Judge:PositionBias", model.Judge.PositionBias, 0, 1),
        .. model.Skill.Categories.SelectMany(c => Category($"{path}:Skill:Categories:{c.Key}", c.Key, c.Value)),
        .. Latency($"{path}:Latency", model.Latency),
        .. model.Faults.SelectMany(f => Fault($"{path}:Faults:{f.Key}", f.Key, f.Value)),
    ];

    private static IEnumerable<string?> Category(string path, string name, double skill) =>
    [
        Categories.All.Contains(name) ? Outside(path, skill, 0, 1) : $"{path} is no known category; known are: {string.Join(", ", Categories.All)}.",
    ];

    private static IEnumerable<string?> Fault(string path, string name, FaultOptions fault) =>
        FaultNames.TryParse(name, out _) ? fault.Violations(path + ":") : [$"{path} is no known fault; known are: {FaultNames.Allowed}."];

    private static IEnumerable<string?> Latency(string path, LatencyOptions latency) =>
    [
        Outside($"{path}:MedianMs", latency.MedianMs, 0, 600_000),
        Outside($"{path}:Sigma", latency.Sigma, 0, 3),
    ];

    private static string? Outside(string path, double value, double least, double most) =>
        value >= least && value <= most ? null : $"{path} is {value}; it must be from {least} to {most}.";
}
