using Consensus.ApiService.Collections;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;

namespace Consensus.ApiService.Evidence;

/// <summary>Where passages come from, and what is done with claims: what both requests of evidence mode have in common.</summary>
/// <param name="Documents">The documents that came with the request; empty where a collection is named.</param>
/// <param name="Collection">The collection.</param>
/// <param name="MaxPassages">The most passages.</param>
/// <param name="Matching">How claims are held against them; <c>null</c>: as configured.</param>
/// <param name="Unsupported">What becomes of claims that are not supported.</param>
internal sealed record EvidenceWish(
    IReadOnlyList<NewDocument> Documents, Guid? Collection, int MaxPassages, EvidenceMatching? Matching, UnsupportedClaims Unsupported)
{
    public static readonly string[] Members = ["documents", "collection", "maxPassages", "matching", "unsupported"];

    /// <summary>Reads those members; what is wrong is among the request's violations.</summary>
    public static EvidenceWish Read(ObjectReader request)
    {
        if (request.Has("documents") == request.Has("collection"))
        {
            request.Violations.Add(
                "documents", request.Has("documents") ? FieldCodes.Contradiction : FieldCodes.Required, "Give either `documents` or `collection`, exactly one of them.");
        }

        return new EvidenceWish(
            Documented(request),
            Collect(request),
            request.Whole("maxPassages", 1, Limits.MaxPassages) ?? Limits.DefaultPassages,
            request.OneOf<EvidenceMatching>("matching"),
            request.OneOf<UnsupportedClaims>("unsupported") ?? UnsupportedClaims.Mark);
    }

    private static NewDocument[] Documented(ObjectReader request)
    {
        var items = request.Items("documents", 1, Limits.InlineDocuments) ?? [];
        var characters = items.Sum(static item => (long)item.Value.GetRawText().Length);
        if (characters > Limits.InlineCharacters)
        {
            request.Violations.Add("documents", FieldCodes.TooLong, $"The documents have {characters} characters together; at most {Limits.InlineCharacters} are allowed.",
                Allowed.Words($"at most {Limits.InlineCharacters} characters together"));
            return [];
        }

        return [.. items.Select(item => DocumentReader.Read(item.Value, item.Field, request.Violations)).OfType<NewDocument>()];
    }

    private static Guid? Collect(ObjectReader request)
    {
        if (request.Text("collection", TextRules.OneLine) is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id;
        }

        request.Violations.Add("collection", FieldCodes.InvalidValue, $"{Shown.Text(text)} is not the id of a collection.", Allowed.Words("the id of a collection; `GET /v1/collections` lists them"));
        return null;
    }
}
