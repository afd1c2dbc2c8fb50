using Consensus.Contracts.Json;

namespace Consensus.Storage.Runs.Reading;

/// <summary>
/// What a run has one of, by which lists are kept apart (<c>run_lists.facet</c>): two letters of the status, two of the outcome, whether it was judged, and the
/// strategy.
/// </summary>
internal static class RunFacet
{
    /// <summary>How many letters stand for a status, and for an outcome. The views of the schema take as many.</summary>
    public const int Letters = 2;

    /// <summary>Whether runs of a facet pass the filter, as far as it asks what a facet tells.</summary>
    public static bool Matches(string facet, RunFilter filter) =>
        Has(facet, 0, WireName.Of(filter.Status))
        && Has(facet, Letters, WireName.Of(filter.Outcome))
        && (filter.HasScore is not { } judged || facet[2 * Letters] == (judged ? '1' : '0'))
        && (filter.Strategy is not { } strategy || facet.AsSpan((2 * Letters) + 1).SequenceEqual(strategy));

    private static bool Has(string facet, int at, string? word) => word is null || facet.AsSpan(at, Letters).SequenceEqual(word.AsSpan(0, Letters));
}
