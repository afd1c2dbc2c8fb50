using Consensus.Contracts.Models;
using Consensus.Contracts.Runs;
using Consensus.Dashboard.Components.Asking;

namespace Consensus.Dashboard.Tests.Asking;

public sealed class AskInputTests
{
    private static readonly ModelInfo Model = new() { Id = "sim/a", Provider = "sim", Family = "a" };

    [Fact]
    public void The_default_panel_is_asked_unless_something_else_is_chosen()
    {
        var input = new AskInput { Prompt = "a\r\nb" };
        input.StartWith(new ModelList([Model], new Dictionary<string, IReadOnlyList<string>> { ["other"] = ["sim/a"], ["default"] = ["sim/a"] }));

        var request = input.ToRequest();

        Assert.Equal("default", request.Panel);
        Assert.Null(request.Models);
        Assert.Null(request.Answer);
        Assert.Null(request.SamplesPerModel);
        Assert.Equal("a\nb", request.Prompt);
    }

    [Fact]
    public void Without_any_panel_every_model_is_chosen()
    {
        var input = new AskInput();
        input.StartWith(new ModelList([Model], new Dictionary<string, IReadOnlyList<string>>()));

        var request = input.ToRequest();

        Assert.Null(request.Panel);
        Assert.Equal(["sim/a"], request.Models!);
    }

    [Fact]
    public void Options_are_sent_for_a_choice_only()
    {
        var input = new AskInput { Kind = AnswerKindName.Choice, Choices = " yes \n\nno" };

        Assert.Equal(["yes", "no"], input.ToRequest().Answer!.Choices!);
        input.Kind = AnswerKindName.Number;
        Assert.Null(input.ToRequest().Answer!.Choices);
    }
}
