using System.Text.RegularExpressions;

namespace Consensus.Storage.Policies;

/// <summary>How the pattern of a safety rule is read, where it is checked and where it is used.</summary>
public static class SafetyPattern
{
    /// <summary>Without backtracking: linear in the prompt, whatever the pattern.</summary>
    public const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
}
