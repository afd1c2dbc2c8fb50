using System.CommandLine;
using Consensus.Contracts.Benchmarks;
using Consensus.Core.Deciding;
using Consensus.Core.Fitting;
using Consensus.Storage.Fitting;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary>How recorded answers are decided on.</summary>
/// <param name="Strategy">The strategy by name.</param>
/// <param name="DetectKind">Whether the kind of the answers is found from them, and not the one that the suite declares.</param>
/// <param name="Stop">The probability of the lead at which no further model is asked; <c>null</c>: all are asked.</param>
/// <param name="Shuffle">The seed that shuffles the models of each question; <c>null</c>: the suite's order.</param>
/// <param name="Limit">How many questions at most.</param>
internal sealed record ReplayOptions(string Strategy, bool DetectKind, double? Stop, ulong? Shuffle, int? Limit)
{
    /// <summary>What was learned, by panel and kind; empty without a fitted document.</summary>
    public IReadOnlyList<PanelFit> Fits { get; init; } = [];

    /// <summary>The hashes of the data that the document was fitted on.</summary>
    public IReadOnlyList<string> FittedOn { get; init; } = [];

    /// <summary>The fitted document's version; <c>null</c> without one.</summary>
    public string? FittedVersion { get; init; }

    /// <summary>The running system that answers, and whom of it is asked; <c>null</c>: the recorded answers.</summary>
    public string? Live { get; init; }

    /// <summary>The same for the report.</summary>
    public BenchmarkOptions Told => new(DetectKind ? "auto" : "declared", Stop, Shuffle, Limit, FittedVersion);
}

/// <summary>The same on the command line.</summary>
internal sealed class ReplayArguments
{
    private readonly Option<string> _strategy = new("--strategy")
    {
        Description = "How votes become an answer.", HelpName = "name", DefaultValueFactory = static _ => Strategies.Majority,
    };

    private readonly Option<string> _fitted = new("--fitted")
    {
        Description = "A fitted document, as bench fit writes it: weights, calibration and the order in which models are asked.", HelpName = "file",
    };

    private readonly Option<string> _kind = new("--kind")
    {
        Description = "Read answers under the kind that the suite declares, or find it from the answers.", DefaultValueFactory = static _ => "declared",
    };

    private readonly Option<double?> _stop = new("--stop")
    {
        Description = "Ask one model after another until the lead is this probable, above 0.5 and below 1.", HelpName = "P",
    };

    private readonly Option<ulong?> _shuffle = new("--shuffle")
    {
        Description = "Shuffle the models of each question by this seed; else they are asked in the suite's order.", HelpName = "seed",
    };

    private readonly Option<int?> _limit = new("--limit") { Description = "Only the first so many questions of each suite.", HelpName = "N" };

    public ReplayArguments(Command command)
    {
        _strategy.AcceptOnlyFromAmong([.. DecisionPolicies.All.Select(static policy => policy.Name)]);
        _kind.AcceptOnlyFromAmong("declared", "auto");
        _stop.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<double?>() is { } stop && !(stop > 0.5 && stop < 1))
            {
                result.AddError($"--stop is {stop}; it must lie above 0.5 and below 1.");
            }
        });
        _limit.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
            {
                result.AddError("--limit must be at least 1.");
            }
        });
        command.Arguments.Add(Suites);
        foreach (var option in (Option[])[_strategy, _fitted, _kind, _stop, _shuffle, _limit])
        {
            command.Options.Add(option);
        }
    }

    public Argument<string[]> Suites { get; } = new("SUITE")
    {
        Description = "Answer suites: JSON lines, plain or gzip'd (.gz).", Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The options given.</summary>
    /// <exception cref="InvalidDataException">The fitted document is refused; the message has every reason.</exception>
    public ReplayOptions Of(ParseResult parsed)
    {
        var options = new ReplayOptions(
            parsed.GetValue(_strategy)!, parsed.GetValue(_kind) == "auto", parsed.GetValue(_stop), parsed.GetValue(_shuffle), parsed.GetValue(_limit));
        if (parsed.GetValue(_fitted) is not { } path)
        {
            return options;
        }

        var reading = FittedReader.Read(File.ReadAllText(path));
        return reading.State is { } state
            ? options with { Fits = [.. state.Panels.Select(static p => p.Fit)], FittedOn = [.. state.Panels.Select(static p => p.DataSha256)], FittedVersion = state.Version }
            : throw new InvalidDataException($"{path} is refused. {string.Join(" ", reading.Errors.Select(static e => $"{e.Field}: {e.Message}"))}");
    }
}
