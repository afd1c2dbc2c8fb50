using Consensus.Core.Reliability;

namespace Consensus.Core.Learning;

/// <summary>The numbering of a learned vote's coefficients, and the questions in terms of them.</summary>
/// <remarks>
/// In this order: a weight per model; the outside option; per category its outside deviation and a deviation per model; per model a deviation per quartile of length.
/// </remarks>
internal sealed class LearnedDesign
{
    private const double PriorScale = 0.6;
    private const double WeightPrecision = 4;
    private const double OutsidePrecision = 1e-3;
    private const double CategoryOutsidePrecision = 4;
    private const double DeviationPrecision = 20;
    private const double MostReliable = 0.995;
    private const int Quartiles = 4;

    private readonly string[] _models;
    private readonly string[] _categories;
    private readonly Dictionary<string, int> _modelIndex;
    private readonly Dictionary<string, int> _categoryIndex;
    private readonly double[][] _cuts;
    private readonly LearnedShape _shape;

    public LearnedDesign(IReadOnlyList<LabelledVotes> questions, LearnedShape shape)
    {
        _shape = shape;
        _models = [.. questions.SelectMany(q => q.Panel.Votes).Select(v => v.Model).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _categories = shape.Categories
            ? [.. questions.Select(q => q.Panel.Category).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : [];
        _modelIndex = Index(_models);
        _categoryIndex = Index(_categories);
        _cuts = shape.Lengths ? [.. _models.Select(m => CutsOf(questions, m))] : [];
        var size = _models.Length + 1 + (_categories.Length * (_models.Length + 1)) + (_cuts.Length * Quartiles);
        Prior = new double[size];
        Precision = new double[size];
        SetPrior(questions);
    }

    /// <summary>The prior's mean per coefficient: 0.6 of the log-odds weights that the models' reliabilities give, 0 for the rest.</summary>
    public double[] Prior { get; }

    /// <summary>The prior's precision per coefficient.</summary>
    public double[] Precision { get; }

    private int Outside => _models.Length;

    /// <summary>The question as a choice among its clusters and, last, the outside option.</summary>
    public ChoiceSet Choices(LabelledVotes question)
    {
        var panel = question.Panel;
        var category = panel.Category is { } name && _categoryIndex.TryGetValue(name, out var known) ? known : -1;
        var alternatives = Enumerable.Range(0, panel.ClusterCount + 1).Select(_ => new List<int>()).ToArray();
        foreach (var vote in panel.Votes)
        {
            // Of several samples with the same answer the first counts: a coefficient stands once in an alternative.
            if (vote.Cluster < 0 || !_modelIndex.TryGetValue(vote.Model, out var model) || alternatives[vote.Cluster].Contains(model))
            {
                continue;
            }

            var features = alternatives[vote.Cluster];
            features.Add(model);
            if (category >= 0)
            {
                features.Add(OfCategory(category) + 1 + model);
            }

            if (_shape.Lengths)
            {
                features.Add(OfLength(model) + LearnedModel.Quartile(_cuts[model], vote.Length));
            }
        }

        var outside = alternatives[^1];
        outside.Add(Outside);
        if (category >= 0)
        {
            outside.Add(OfCategory(category));
        }

        return new ChoiceSet([.. alternatives.Select(a => a.ToArray())], question.Right == LabelledVotes.NoneRight ? panel.ClusterCount : question.Right);
    }

    /// <summary>The coefficients as weights.</summary>
    public LearnedWeights Weights(double[] theta) => new()
    {
        Models = _models.Select((m, j) => (m, Model: new LearnedModel(
            theta[j], _shape.Lengths ? _cuts[j] : null, _shape.Lengths ? theta[OfLength(j)..(OfLength(j) + Quartiles)] : null)))
            .ToDictionary(m => m.m, m => m.Model, StringComparer.Ordinal),
        Outside = theta[Outside],
        Categories = _categories.Select((c, k) => (c, Category: new LearnedCategory(
            theta[OfCategory(k)], _models.Select((m, j) => (m, Weight: theta[OfCategory(k) + 1 + j])).ToDictionary(m => m.m, m => m.Weight, StringComparer.Ordinal))))
            .ToDictionary(c => c.c, c => c.Category, StringComparer.Ordinal),
    };

    private int OfCategory(int category) => _models.Length + 1 + (category * (_models.Length + 1));

    private int OfLength(int model) => OfCategory(_categories.Length) + (model * Quartiles);

    private void SetPrior(IReadOnlyList<LabelledVotes> questions)
    {
        Array.Fill(Precision, DeviationPrecision);
        var reliability = ModelReliability.Of(questions);
        var alternatives = EffectiveAlternativesEstimate.Of(questions).Value;
        for (var j = 0; j < _models.Length; j++)
        {
            var r = Math.Min(reliability[_models[j]].Value, MostReliable);
            Prior[j] = PriorScale * Math.Log(r * (alternatives - 1) / (1 - r));
            Precision[j] = WeightPrecision;
        }

        Precision[Outside] = OutsidePrecision;
        for (var k = 0; k < _categories.Length; k++)
        {
            Precision[OfCategory(k)] = CategoryOutsidePrecision;
        }
    }

    private static double[] CutsOf(IReadOnlyList<LabelledVotes> questions, string model)
    {
        var lengths = questions.SelectMany(q => q.Panel.Votes).Where(v => v.Model == model && v.Cluster >= 0).Select(v => (double)v.Length).Order().ToArray();
        return lengths.Length == 0 ? [0, 0, 0] : [.. Enumerable.Range(1, Quartiles - 1).Select(q => lengths[Math.Min(lengths.Length - 1, q * lengths.Length / Quartiles)])];
    }

    private static Dictionary<string, int> Index(string[] names) =>
        names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => n.i, StringComparer.Ordinal);
}
