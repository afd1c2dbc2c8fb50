using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Arithmetic;
using Consensus.ModelSimulator.Hosting;

namespace Consensus.ModelSimulator.Knowledge;

/// <summary>The facts of <c>facts.json</c>, found by the telling words of a question or statement.</summary>
internal sealed class FactBook
{
    private readonly FrozenDictionary<string, Problem> questions;
    private readonly FrozenDictionary<string, Problem> quietQuestions;
    private readonly FrozenDictionary<string, Statement> statements;

    private FactBook(FactFile file)
    {
        var index = new FactIndex();
        foreach (var relation in file.Relations)
        {
            index.Add(relation);
        }

        foreach (var single in file.Single)
        {
            index.Add(single);
        }

        Count = index.Count;
        Categories = file.Relations.Select(r => r.Category).Concat(file.Single.Select(s => s.Category)).ToFrozenSet(StringComparer.Ordinal);
        questions = index.Questions.ToFrozenDictionary(StringComparer.Ordinal);
        quietQuestions = index.QuietQuestions.Where(q => q.Value is not null).ToFrozenDictionary(q => q.Key, q => q.Value!, StringComparer.Ordinal);
        statements = index.Statements.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static FactBook Default { get; } = Load();

    public int Count { get; }

    public IReadOnlySet<string> Categories { get; }

    /// <summary>The fact that the question asks for.</summary>
    public Problem? Find(string question) =>
        questions.GetValueOrDefault(WordBag.Key(false, question)) ?? quietQuestions.GetValueOrDefault(WordBag.Key(true, question));

    /// <summary>Whether what the question states is so: <c>Is Lyon the capital of France?</c></summary>
    public bool? Judge(string question, out Problem? fact)
    {
        var statement = statements.GetValueOrDefault(WordBag.Key(false, question)) ?? statements.GetValueOrDefault(WordBag.Key(true, question));
        fact = statement?.Fact;
        return statement is null || statement.IsTurnedRoundIn(question) ? null : statement.Truth;
    }

    /// <summary>A fact's answer as text, number or truth.</summary>
    internal static Answer AnswerOf(string text) => text switch
    {
        "Yes" or "No" => new(text) { Truth = text == "Yes" },
        _ when decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            new(text) { Number = number < 0 ? -Rational.Parse(text.AsSpan(1)) : Rational.Parse(text) },
        _ => new(text),
    };

    private static FactBook Load()
    {
        using var file = SimulatorApplication.Resource("facts.json");
        return new(JsonSerializer.Deserialize(file, FactJson.Default.FactFile) ?? throw new InvalidDataException("facts.json is empty."));
    }
}
