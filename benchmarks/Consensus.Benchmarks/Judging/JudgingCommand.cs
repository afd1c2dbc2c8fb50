using System.CommandLine;
using Consensus.Contracts.Client;

namespace Consensus.Benchmarks.Judging;

/// <summary>
/// <c>judging</c>: what judging stored runs adds to the latency of a running system. Blocks of the same questions are asked with and without judging, in an order drawn
/// for each pair, at a fixed rate; every job has ended before the next block begins.
/// </summary>
internal sealed class JudgingCommand : RootCommand
{
    private readonly Option<Uri> _url = new("--url")
    {
        Description = "The API's address, on this machine.", DefaultValueFactory = static _ => new Uri("http://localhost:5080/"),
        CustomParser = static result => new Uri(result.Tokens[0].Value.TrimEnd('/') + "/"),
    };

    private readonly Option<int> _rate = new("--rate") { Description = "Runs a second.", DefaultValueFactory = static _ => 20 };
    private readonly Option<int> _seconds = new("--seconds") { Description = "Seconds of a block.", DefaultValueFactory = static _ => 10 };
    private readonly Option<int> _pairs = new("--pairs") { Description = "Pairs of blocks.", DefaultValueFactory = static _ => 12 };
    private readonly Option<int> _seed = new("--seed") { Description = "Draws the order and the resamples.", DefaultValueFactory = static _ => 1 };

    public JudgingCommand()
        : base("Measure what judging stored runs adds to the latency of a running system.")
    {
        foreach (var option in (Option[])[_url, _rate, _seconds, _pairs, _seed])
        {
            Options.Add(option);
        }

        _url.Validators.Add(result =>
        {
            if (result.GetValue(_url) is { IsLoopback: false })
            {
                result.AddError("The load is for a system on this machine only.");
            }
        });
        Bound(_rate, 1, 1_000);
        Bound(_seconds, 1, 600);
        Bound(_pairs, 2, 1_000);
        SetAction(RunAsync);
    }

    private static void Bound(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValue(option) is var value && (value < least || value > most))
        {
            result.AddError($"{option.Name} is {least} to {most}.");
        }
    });

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = parsed.GetRequiredValue(_url), Timeout = TimeSpan.FromMinutes(2) };
        var load = new JudgingLoad(new ConsensusClient(http), parsed.GetValue(_rate), parsed.GetValue(_seconds), (ulong)parsed.GetValue(_seed));
        var pairs = await load.RunAsync(parsed.GetValue(_pairs), Console.WriteLine, cancellationToken);
        var figures = JudgingFigures.Of(pairs, (ulong)parsed.GetValue(_seed));
        Console.WriteLine(figures.Text);
        return figures.IsWithin ? 0 : 1;
    }
}
