using Consensus.ModelSimulator.Chat;
using Consensus.ModelSimulator.Hosting;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Randomness;
using Microsoft.Extensions.Options;

namespace Consensus.ModelSimulator.Answering;

/// <summary>
/// Decides who is right and which mistake is made. Whether a model is right is a one-factor Gaussian copula (Vasicek 1987): a standard normal made of the question's
/// difficulty, the model's habit on it and luck is compared with the quantile of the model's skill. So over many questions a model is right exactly as often as its
/// skill says, and models fail on the same questions as often as <see cref="SimulatorOptions.DifficultyCorrelation"/> says.
/// </summary>
internal sealed class Competence(IOptions<SimulatorOptions> options)
{
    /// <summary>The common mistake is one of the first so many wrong answers.</summary>
    private const int LikelyMistakes = 3;

    private readonly double difficulty = Math.Sqrt(options.Value.DifficultyCorrelation);
    private readonly double habit = Math.Sqrt(options.Value.HabitCorrelation);
    private readonly double luck = Math.Sqrt(Math.Max(0, 1 - options.Value.DifficultyCorrelation - options.Value.HabitCorrelation));
    // Two models both take the common mistake as often as the setting says.
    private readonly double shared = Math.Sqrt(options.Value.WrongAnswerCorrelation);
    private readonly Draw world = new(unchecked((ulong)options.Value.Seed));

    /// <summary>The draw of a question, the same for every model.</summary>
    public Draw Question(Conversation conversation) => world.With(conversation.QuestionKey);

    /// <summary>The draw of a model and a prompt, whatever the seed.</summary>
    public Draw Draw(ModelProfile model, Conversation conversation) => Draw(model, conversation.PromptKey);

    /// <summary>The draw of a model and the hash of its prompt.</summary>
    public Draw Draw(ModelProfile model, ulong promptKey) => world.With(model.Key).With(promptKey);

    /// <summary>The draw of one answer: the same for the same model, prompt and seed.</summary>
    public Draw Draw(ModelProfile model, Conversation conversation, long seed) =>
        Draw(model, conversation).With(unchecked((ulong)seed));

    /// <summary>The answer that the model gives to the problem.</summary>
    public Answer Answer(ModelProfile model, Conversation conversation, Problem problem, Draw draw) => Answer(model, Question(conversation), problem, draw);

    /// <summary>The answer that the model gives when it is asked the question alone, or when it is asked so with the luck of another draw.</summary>
    public Answer Answer(ModelProfile model, string question, Problem problem, long seed, Draw? again) => Answer(
        model, world.With(Conversation.KeyOf(question)), problem, again ?? Draw(model, Conversation.PromptKeyOf("user", question)).With(unchecked((ulong)seed)));

    private Answer Answer(ModelProfile model, Draw question, Problem problem, Draw draw) =>
        IsRight(model, question, problem, draw) ? problem.Right : Mistake(question, problem, draw);

    private bool IsRight(ModelProfile model, Draw question, Problem problem, Draw draw)
    {
        var trouble = (difficulty * question.For(Purpose.Difficulty).Normal)
            + (habit * question.With(model.Key).For(Purpose.Habit).Normal)
            + (luck * draw.For(Purpose.Luck).Normal);
        return trouble < model.SkillQuantile(problem.Category);
    }

    private Answer Mistake(Draw question, Problem problem, Draw draw)
    {
        var wrong = problem.Wrong;
        var common = question.For(Purpose.CommonMistake).Index(Math.Min(LikelyMistakes, wrong.Count));
        if (wrong.Count == 1 || draw.For(Purpose.SharedMistake).Uniform < shared)
        {
            return wrong[common];
        }

        var own = draw.For(Purpose.OwnMistake).Index(wrong.Count - 1);
        return wrong[own < common ? own : own + 1];
    }
}
