using Consensus.Contracts.Models;
using Consensus.Contracts.Runs;

namespace Consensus.Dashboard.Components.Asking;

/// <summary>What stands in the form. Whether it is right is the API's to say: it names every violation at once.</summary>
public sealed class AskInput
{
    /// <summary>The entry of the panel list behind which single models are chosen; no panel can have an empty name.</summary>
    public const string SingleModels = "";

    /// <summary>The question.</summary>
    public string Prompt { get; set; } = "";

    /// <summary>The panel's name, or <see cref="SingleModels"/>.</summary>
    public string Panel { get; set; } = SingleModels;

    /// <summary>The models chosen one by one.</summary>
    public IReadOnlyCollection<string> Models { get; set; } = [];

    /// <summary>The strategy's name.</summary>
    public string Strategy { get; set; } = "majority";

    /// <summary>Answers per model; empty leaves it to the strategy.</summary>
    public int? Samples { get; set; }

    /// <summary>What kind of answer is expected.</summary>
    public AnswerKindName Kind { get; set; } = AnswerKindName.Auto;

    /// <summary>The options of a choice, one on each line.</summary>
    public string Choices { get; set; } = "";

    /// <summary>Sets what the API offers: its default panel, or else everything.</summary>
    public void StartWith(ModelList models)
    {
        Panel = models.Panels.ContainsKey("default") ? "default" : models.Panels.Keys.FirstOrDefault(SingleModels);
        Models = [.. models.Models.Select(model => model.Id)];
    }

    /// <summary>The request that the form describes.</summary>
    public ConsensusRequest ToRequest() => new()
    {
        Prompt = Prompt.ReplaceLineEndings("\n"),
        Panel = Panel == SingleModels ? null : Panel,
        Models = Panel == SingleModels ? [.. Models] : null,
        Strategy = Strategy,
        SamplesPerModel = Samples,
        Answer = Kind switch
        {
            AnswerKindName.Auto => null,
            AnswerKindName.Choice => new AnswerRequest
            {
                Kind = Kind,
                Choices = [.. Choices.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            },
            _ => new AnswerRequest { Kind = Kind },
        },
        Include = ["candidates", "clusters"],
    };
}
