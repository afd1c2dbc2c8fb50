namespace Consensus.Core.Evidence.Matching.Lexicon;

/// <summary>Words before the one who does it, where the sentence begins with the one it is done to.</summary>
internal static class Agents
{
    public static bool Are(string lead) => lead is "by" or "durch" or "von" or "par" or "por";
}
