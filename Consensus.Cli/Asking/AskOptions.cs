using System.CommandLine;
using Consensus.Contracts;
using Consensus.Contracts.Runs;

namespace Consensus.Cli.Asking;

/// <summary>The question and what can be said about how to ask it. Ranges are the API's to check: it reports every violation at once.</summary>
internal sealed class AskOptions
{
    private readonly Argument<string> _question = new("question") { Description = "The question; \"-\" reads it from standard input." };
    private readonly Option<string[]> _models = new("--model", "-m") { Description = "A model to ask (provider/model); repeat for more.", HelpName = "model" };
    private readonly Option<string> _panel = new("--panel", "-p") { Description = "A configured panel to ask.", HelpName = "name" };
    private readonly Option<string> _strategy = new("--strategy", "-s") { Description = "How to decide: majority, unanimous, weighted, …", HelpName = "name" };
    private readonly Option<int?> _samples = new("--samples", "-n") { Description = "Answers per model.", HelpName = "n" };
    private readonly Option<AnswerKindName?> _kind = OptionParsers.OneOf<AnswerKindName>("--kind", "What kind of answer is expected.");
    private readonly Option<string[]> _choices = new("--choice", "-c") { Description = "An option to choose from; repeat for more, the first is A.", HelpName = "text" };
    private readonly Option<double?> _quorum = new("--quorum") { Description = "The share of all asked that must be exceeded for consensus, e.g. 0.5.", HelpName = "share" };
    private readonly Option<int?> _minResponses = new("--min-responses") { Description = "The fewest usable answers to decide on.", HelpName = "n" };
    private readonly Option<EarlyStop?> _earlyStop = OptionParsers.OneOf<EarlyStop>("--early-stop", "When the asking may end early.");
    private readonly Option<int?> _deadline = new("--deadline")
    {
        Description = "How long to wait before deciding with what has arrived, e.g. 30s, 1500ms or 2m.",
        HelpName = "time",
        CustomParser = OptionParsers.Milliseconds,
    };

    private readonly Option<decimal?> _maxCost = new("--max-cost") { Description = "The most the run may cost, in US dollars.", HelpName = "usd" };
    private readonly Option<string> _category = new("--category") { Description = "A subject label that reliability may depend on.", HelpName = "label" };
    private readonly Option<long?> _seed = new("--seed") { Description = "A seed for providers that take one.", HelpName = "n" };

    public void AddTo(Command command)
    {
        _quorum.Validators.Add(OptionParsers.Finite(_quorum));
        command.Arguments.Add(_question);
        foreach (var option in (Option[])
            [_models, _panel, _strategy, _samples, _kind, _choices, _quorum, _minResponses, _earlyStop, _deadline, _maxCost, _category, _seed])
        {
            command.Options.Add(option);
        }
    }

    public ConsensusRequest Read(ParseResult parsed, TextReader input)
    {
        var choices = NullIfEmpty(parsed.GetValue(_choices));
        var kind = parsed.GetValue(_kind);
        return new ConsensusRequest
        {
            Prompt = parsed.GetRequiredValue(_question) is var question and not "-" ? question : ReadQuestion(input),
            Models = NullIfEmpty(parsed.GetValue(_models)),
            Panel = parsed.GetValue(_panel),
            Strategy = parsed.GetValue(_strategy),
            SamplesPerModel = parsed.GetValue(_samples),
            Answer = kind is null && choices is null ? null : new AnswerRequest { Kind = kind, Choices = choices },
            Quorum = parsed.GetValue(_quorum),
            MinResponses = parsed.GetValue(_minResponses),
            EarlyStop = parsed.GetValue(_earlyStop),
            DeadlineMs = parsed.GetValue(_deadline),
            MaxCostUsd = parsed.GetValue(_maxCost),
            Category = parsed.GetValue(_category),
            Seed = parsed.GetValue(_seed),
            Include = ["candidates", "clusters"],
        };
    }

    // One character over the cap is enough for the API to refuse it, however much is piped in.
    private static string ReadQuestion(TextReader input)
    {
        var text = new char[Limits.PromptCharacters + 1];
        var length = input.ReadBlock(text);
        return new string(text, 0, length).TrimEnd('\r', '\n');
    }

    private static string[]? NullIfEmpty(string[]? given) => given is { Length: > 0 } ? given : null;
}
