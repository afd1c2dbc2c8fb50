using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.Questions;

/// <summary>Whether somebody asks the model what it is.</summary>
internal static partial class IdentityQuestion
{
    private const int Longest = 200;

    public static bool Asks(string message) => message.Length <= Longest && Asked().IsMatch(message);

    [GeneratedRegex(@"\b(?:who|what) (?:are|r) (?:you|u)\b|\bare (?:you|u) (?:a |an |the )?(?:real|human|person|simulat\w*|bot|robot|ai|llm|language model|fake|chatgpt|gpt|claude|alive|conscious|actual|genuine)\b|\b(?:which|what) (?:ai |language )?(?:model|llm) (?:are|r) you\b|\bwhat(?:'s| is) your name\b|\bis this (?:a |an )?(?:real|simulation|simulated|fake)\b|\bintroduce yourself\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}
