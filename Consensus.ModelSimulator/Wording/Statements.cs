using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Randomness;

namespace Consensus.ModelSimulator.Wording;

/// <summary>What a model says when it does not answer. All say plainly that this is a simulation.</summary>
internal static class Statements
{
    // Worded so differently that no two look like agreement on something.
    private static readonly string[] Unknown =
    [
        "I am {0}, a simulated model, and this question is outside the few things I was scripted for. I cannot know the answer.",
        "Sorry: no language model is running here. {0} only plays one in a simulation, so nothing true could be said about that.",
        "Simulation notice. The name {0} stands for a script with arithmetic and a small book of facts; your request is found in neither.",
        "That would need real understanding. As part of a model simulator, {0} has none to offer and will not guess.",
        "Beyond my script! {0} is make-believe software used for testing, unable to judge what you ask.",
        "An honest reply from {0}: being simulated, there is no way for it to find this out.",
        "{0} passes. Simulated panels like this one answer sums, stored facts and listed options, nothing else.",
        "Please put this to a real model instead. What you reached, {0}, merely simulates one and lacks any knowledge of the matter.",
        "Not computable for a stand-in such as {0}; the simulator behind it never read anything on this topic.",
        "Here speaks the simulator, under the name {0}: whatever came next would be invented, hence it stays unsaid.",
        "My fact file ends before your question begins. So {0}, which is simulated, leaves it open.",
        "Unanswerable by {0}. Its replies come from a deterministic test double, which does not comprehend free text.",
    ];

    private static readonly string[] Identity =
    [
        "No, I am not a real language model. I am {0}, a simulation that answers from a script.",
        "I am {0}, one of several simulated models of a test server. No language model is behind me.",
        "My name is {0}. I am a simulation: a small deterministic program, neither a person nor a real model.",
    ];

    /// <summary>Says that the model cannot know. Models that are asked the same say it in different words.</summary>
    public static string CannotKnow(ModelProfile model, Draw prompt) => Pick(Unknown, model, prompt);

    /// <summary>Says what the model is.</summary>
    public static string WhoAmI(ModelProfile model, Draw prompt) => Pick(Identity, model, prompt);

    /// <summary>Says that a replayed model has no recorded answer.</summary>
    public static string NotRecorded(ModelProfile model) =>
        $"This is a simulation that replays recorded answers of {model.Id}. No answer to this question was recorded, so it cannot know what that model would say.";

    /// <summary>What a model says when the fault is a refusal.</summary>
    public static string Refusal(ModelProfile model) => $"I'm sorry, but I can't help with that. (A refusal simulated by {model.Id}.)";

    private static string Pick(string[] statements, ModelProfile model, Draw prompt) =>
        string.Format(null, statements[(model.Position + prompt.For(Purpose.Wording).Index(statements.Length)) % statements.Length], model.Id);
}
