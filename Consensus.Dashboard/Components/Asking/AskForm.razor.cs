using Consensus.Contracts.Client;
using Consensus.Contracts;
using Consensus.Contracts.Models;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Text;
using Microsoft.AspNetCore.Components;

namespace Consensus.Dashboard.Components.Asking;

/// <summary>The question and how it is to be asked.</summary>
public sealed partial class AskForm
{
    /// <summary>What stands in the form; kept by the page.</summary>
    [Parameter, EditorRequired]
    public AskInput Input { get; set; } = null!;

    /// <summary>What the API offers.</summary>
    [Parameter, EditorRequired]
    public Offer Offer { get; set; } = null!;

    /// <summary>Whether a run is going: one at a time.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Called with the request.</summary>
    [Parameter]
    public EventCallback<ConsensusRequest> OnAsk { get; set; }

    /// <summary>Called to stop the run.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    private string PanelHelp => Input.Panel == AskInput.SingleModels
        ? Words.Count(Input.Models.Count, "model") + " chosen"
        : Offer.Models.Panels.TryGetValue(Input.Panel, out var models) ? Words.Count(models.Count, "model") : "";

    private string StrategyHelp => Offer.Strategies.Strategies.FirstOrDefault(strategy => strategy.Name == Input.Strategy)?.Description ?? "";

    private string KindHelp => Input.Kind switch
    {
        AnswerKindName.Auto => "Found from the answers themselves.",
        AnswerKindName.Text => "Free text, compared by likeness.",
        AnswerKindName.Number => "Numbers, equal by value.",
        AnswerKindName.Choice => "One of your options.",
        AnswerKindName.Boolean => "Yes or no.",
        AnswerKindName.Json => "JSON, equal by structure.",
        AnswerKindName.Code => "A literal in Python's or JSON's style.",
        _ => "",
    };

    private static string PanelName(string? panel) => panel == AskInput.SingleModels ? "Choose models …" : VisibleText.Line(panel, 60);

    private static string KindName(AnswerKindName kind) => kind switch
    {
        AnswerKindName.Auto => "automatic",
        AnswerKindName.Boolean => "yes or no",
        AnswerKindName.Json => "JSON",
        _ => Words.Of(kind),
    };

    private void Choose(string model, bool chosen) => Input.Models = chosen
        ? [.. Offer.Models.Models.Select(offered => offered.Id).Where(id => id == model || Input.Models.Contains(id))]
        : [.. Input.Models.Where(id => id != model)];

    // The button is disabled while a run is going; Ctrl+Enter is not.
    private Task SubmitAsync() => Busy ? Task.CompletedTask : OnAsk.InvokeAsync(Input.ToRequest());
}
