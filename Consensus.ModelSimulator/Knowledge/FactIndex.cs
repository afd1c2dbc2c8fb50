using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Answering;

namespace Consensus.ModelSimulator.Knowledge;

/// <summary>Builds the look-up tables of a <see cref="FactBook"/>.</summary>
internal sealed partial class FactIndex
{
    /// <summary>A question of fewer telling words says too little without its quiet ones: the largest is what?</summary>
    private const int FewestTellingWords = 2;

    public Dictionary<string, Problem> Questions { get; } = new(StringComparer.Ordinal);

    /// <summary>By key without quiet words; <c>null</c> where two facts would share a key.</summary>
    public Dictionary<string, Problem?> QuietQuestions { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Statement> Statements { get; } = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public void Add(Relation relation)
    {
        var roles = Roles.Of(relation);
        var answers = relation.Facts.Select(row => row[1]).Distinct(StringComparer.Ordinal).ToList();
        foreach (var row in relation.Facts)
        {
            var subjects = Names(row[0]);
            var fact = Fact(relation.Category, Fill(relation.Say, subjects[0], "{0}"), row[1], row.Skip(2));
            var asked = relation.Ask.SelectMany(ask => subjects.Select(subject => (Fill(ask, subject, ""), subject))).ToList();
            // What is right of another subject is wrong of this one, unless it is the same.
            Add(fact, asked, row.Skip(2).Concat(answers).Where(a => a != row[1]), roles);
        }
    }

    public void Add(SingleFact single) =>
        Add(Fact(single.Category, Fill(single.Say, "", "{0}"), single.Is, single.Not), [.. single.Ask.Select(ask => (ask, ""))], single.Not, Roles.Single);

    private static string Fill(string template, string subject, string answer) =>
        template.Replace("{0}", subject, StringComparison.Ordinal).Replace("{1}", answer, StringComparison.Ordinal);

    private static string[] Names(string names) => names.Split('|');

    private static Problem Fact(string category, string say, string answer, IEnumerable<string> wrong)
    {
        var names = Names(answer);
        return new()
        {
            Category = category,
            Working = say,
            Right = FactBook.AnswerOf(names[0]),
            Aliases = names[1..],
            Wrong = [.. wrong.Select(FactBook.AnswerOf)],
        };
    }

    private void Add(Problem fact, IReadOnlyList<(string Text, string Subject)> asked, IEnumerable<string> wrong, Roles roles)
    {
        Count++;
        foreach (var (ask, _) in asked)
        {
            Questions.TryAdd(WordBag.Key(false, ask), fact);
            var quiet = WordBag.Key(true, ask);
            if (WordBag.CountIn(quiet) >= FewestTellingWords)
            {
                QuietQuestions[quiet] = QuietQuestions.TryGetValue(quiet, out var other) && other != fact ? null : fact;
            }
        }

        if (fact.Right.Truth is not null)
        {
            return;
        }

        string[] right = [fact.Right.Text, .. fact.Aliases];
        var truths = right.Select(name => (name, true)).Concat(wrong.SelectMany(Names).Except(right, StringComparer.OrdinalIgnoreCase).Select(name => (name, false)));
        foreach (var (name, truth) in truths)
        {
            foreach (var (ask, subject) in asked)
            {
                var said = Asking().Replace(ask, "");
                var statement = new Statement(fact, truth, subject, name, roles);
                Statements.TryAdd(WordBag.Key(false, said, name), statement);
                if (WordBag.CountIn(WordBag.Key(true, said)) >= FewestTellingWords)
                {
                    Statements.TryAdd(WordBag.Key(true, said, name), statement);
                }
            }
        }
    }

    // What asks for the kind of answer has no place in a statement.
    [GeneratedRegex(@"^(?:How many|In what year|What year|Which year|When|Where|In which city|In which country|In which direction|At what temperature|What number of)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Asking();
}
