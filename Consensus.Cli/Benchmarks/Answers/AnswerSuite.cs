using Consensus.Contracts.Suites;
using Consensus.Core.Answers;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary>A suite of questions with recorded answers.</summary>
/// <param name="Name">Its file's name without the endings.</param>
/// <param name="DataSha256">Of its lines, in hexadecimal digits; the same whether compressed or not.</param>
/// <param name="Items">Its questions, at least one.</param>
internal sealed record AnswerSuite(string Name, string DataSha256, IReadOnlyList<SuiteItem> Items)
{
    private static readonly AnswerKind[] Kinds = [.. Enum.GetValues<AnswerKind>().Where(static kind => kind != AnswerKind.Auto)];

    /// <summary>Reads and checks a suite.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="limit">Only the first so many questions.</param>
    /// <exception cref="InvalidDataException">The file is no answer suite; the message says why.</exception>
    public static AnswerSuite Read(string path, int? limit = null)
    {
        var items = new List<SuiteItem>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in SuiteFile.Read(path).Take(limit ?? int.MaxValue))
        {
            if (Problem(item) is { } problem)
            {
                throw new InvalidDataException($"{path}, question \"{item.Id}\": {problem}");
            }

            if (!ids.Add(item.Id))
            {
                throw new InvalidDataException($"{path}: two questions have the id \"{item.Id}\".");
            }

            items.Add(item);
        }

        return items.Count > 0 ? new AnswerSuite(SuitePath.NameOf(path), SuitePath.HashOf(path), items) : throw new InvalidDataException($"{path} has no questions.");
    }

    /// <summary>The kind that an item declares.</summary>
    public static AnswerKind KindOf(SuiteItem item) =>
        Kinds.FirstOrDefault(kind => string.Equals(kind.ToString(), item.Kind, StringComparison.OrdinalIgnoreCase), AnswerKind.Auto);

    private static string? Problem(SuiteItem item) => item switch
    {
        { Id: null or "" } => "it needs an id.",
        _ when KindOf(item) == AnswerKind.Auto => $"the kind \"{item.Kind}\" is none of {string.Join(", ", Kinds).ToLowerInvariant()}.",
        { Responses: null or { Count: 0 } } => "it has no responses.",
        _ when item.Responses.Any(static response => string.IsNullOrEmpty(response?.Model)) => "a response names no model.",
        _ when KindOf(item) == AnswerKind.Choice && item.Choices is not { Count: >= 2 } => "a choice needs at least two choices.",
        _ when item.Gold is null || SuiteQuestion.GoldOf(item) is null => $"its gold \"{item.Gold}\" cannot be read as {item.Kind}.",
        _ => null,
    };
}
