using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Models;

namespace Consensus.ModelSimulator.Hosting;

/// <summary>The section <c>Simulator</c> of the configuration. The five default models come from <c>default-models.json</c> and can be overridden member by member.</summary>
internal sealed class SimulatorOptions
{
    public const string Section = "Simulator";

    /// <summary>Multiplies every drawn latency; 0 switches latency off. At least 0.</summary>
    public double LatencyScale { get; set; } = 1;

    /// <summary>The probability that two wrong models both give the question's common wrong answer, in [0, 1]; each gives it with the square root of that.</summary>
    public double WrongAnswerCorrelation { get; set; } = 0.4;

    /// <summary>How much of a model's success on a question is the question's own difficulty, the same for all models, in [0, 1].</summary>
    public double DifficultyCorrelation { get; set; } = 0.3;

    /// <summary>How much is the model's lasting habit on that question, the same for every seed, in [0, 1]; the rest is luck, by seed.</summary>
    public double HabitCorrelation { get; set; } = 0.3;

    /// <summary>Draws another world: other questions are hard, other models are wrong.</summary>
    public long Seed { get; set; }

    /// <summary>The longest that a time-out, a trickle or a latency may keep a request, in milliseconds; 1 to 600,000.</summary>
    public int HangBoundMs { get; set; } = 120_000;

    /// <summary>Paths of suite files whose recorded answers are replayed.</summary>
    public List<string> Suites { get; set; } = [];

    /// <summary>The latency of replayed models.</summary>
    public LatencyOptions ReplayLatency { get; set; } = new() { MedianMs = 120 };

    /// <summary>The simulated models by name.</summary>
    public Dictionary<string, ModelOptions> Models { get; set; } = new(StringComparer.Ordinal);
}

/// <summary>A simulated model.</summary>
internal sealed class ModelOptions
{
    /// <summary>The model's family; models of a family are alike in name only.</summary>
    public string Family { get; set; } = "simulated";

    /// <summary>How the model words its answers.</summary>
    public AnswerStyle Style { get; set; } = AnswerStyle.Terse;

    public SkillOptions Skill { get; set; } = new();

    public LatencyOptions Latency { get; set; } = new();

    public JudgeOptions Judge { get; set; } = new();

    /// <summary>Faults by name, such as <c>rate_limit</c>, each with its probability.</summary>
    public Dictionary<string, FaultOptions> Faults { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>The probability of a right answer, each in [0, 1].</summary>
internal sealed class SkillOptions
{
    public double Overall { get; set; } = 0.85;

    /// <summary>By category: <c>arithmetic</c>, <c>word_problem</c>, <c>comparison</c> and those of the facts, such as <c>geography</c>.</summary>
    public Dictionary<string, double> Categories { get; set; } = new(StringComparer.Ordinal);
}

/// <summary>How a model judges what others wrote; by its own answer, and with these faults of a judge.</summary>
internal sealed class JudgeOptions
{
    /// <summary>The probability that a grade, a verdict or a label is the neighbour of the one meant, in [0, 1].</summary>
    public double Noise { get; set; } = 0.05;

    /// <summary>The probability that of two answers the one shown first is named, whatever they say, in [0, 1].</summary>
    public double PositionBias { get; set; } = 0.1;
}

/// <summary>A lognormal latency.</summary>
internal sealed class LatencyOptions
{
    /// <summary>The median in milliseconds; at least 0.</summary>
    public double MedianMs { get; set; } = 150;

    /// <summary>The standard deviation of the logarithm, in [0, 3].</summary>
    public double Sigma { get; set; } = 0.35;
}
