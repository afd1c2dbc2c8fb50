using System.Security.Cryptography;
using System.Text;
using Consensus.ApiService.Admission;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts;
using Consensus.Contracts.Json;
using Consensus.LanguageModels.Embedding;
using Consensus.Storage.Evidence.Vectors;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Caching.Memory;

namespace Consensus.ApiService.Evidence.Embedding;

/// <summary>
/// Turns the queries of a search into vectors, those that are not remembered in few calls of bounded time. A provider that fails takes no search away: then
/// there are no vectors, and it is said why.
/// </summary>
internal sealed class QueryEmbedding(
    EmbeddingSettings settings, TextEmbedders embedders, EmbeddingGate gate, RunAdmission admission, KeyCharge charge) : IDisposable
{
    /// <summary>Queries whose vectors are remembered, by a hash of their texts: a model gives the same text the same vector.</summary>
    private const int Remembered = 1_000;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = Remembered });
    private readonly TextEmbedder? _embedder = settings.Asked is { } asked ? embedders.Create(asked) : null;

    /// <summary>The model; <c>null</c>: none is configured.</summary>
    public string? Model => settings.Asked?.Id;

    /// <summary>Embeds the queries of one search.</summary>
    /// <param name="queries">The queries, none of them empty.</param>
    /// <param name="keyId">The key that the cost counts against; when its day's budget is spent, nobody is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A vector of each query, or none and why: a word of a model's failure, <c>policy</c>, <c>budget_exhausted</c>; neither without a
    /// model.</returns>
    public async Task<(IReadOnlyList<QueryVector>? Vectors, string? Failure)> EmbedAsync(
        IReadOnlyList<string> queries, string? keyId, CancellationToken cancellationToken)
    {
        if (Model is null)
        {
            return (null, null);
        }

        string[] texts = [.. queries.Select(Cut)];
        var (vectors, failure) = texts.All(text => gate.AllowsQuery(Model, text))
            ? await LookUpAsync([.. texts.Select(gate.Sent)], keyId, cancellationToken)
            : (null, "policy");
        cancellationToken.ThrowIfCancellationRequested();
        EmbeddingMetrics.Queried(failure);
        return (vectors, failure);
    }

    public void Dispose()
    {
        _known.Dispose();
        _embedder?.Dispose();
    }

    private async Task<(IReadOnlyList<QueryVector>? Vectors, string? Failure)> LookUpAsync(string[] texts, string? keyId, CancellationToken cancellationToken)
    {
        string[] missing = [.. texts.Where(text => !_known.TryGetValue(KeyOf(text), out _)).Distinct(StringComparer.Ordinal)];
        var fresh = new Dictionary<string, QueryVector>(StringComparer.Ordinal);
        if (missing.Length > 0)
        {
            if (settings.Asked!.UsdPerMillion > 0 && await IsSpentAsync(keyId))
            {
                return (null, "budget_exhausted");
            }

            var replies = await Task.WhenAll(
                missing.Chunk(settings.BatchSize).Select(some => _embedder!.EmbedAsync(some, settings.Timeout, cancellationToken)));
            await charge.AddAsync(keyId, replies.Sum(static reply => reply.CostUsd));
            if (replies.FirstOrDefault(static reply => reply.Failure is not null) is { Failure: { } failure })
            {
                return (null, WireName.Of(failure));
            }

            foreach (var (text, vector) in missing.Zip(replies.SelectMany(static reply => reply.Vectors!)))
            {
                fresh[text] = _known.Set(
                    KeyOf(text), new QueryVector(settings.Space!, vector.Span, settings.MinSimilarity), new MemoryCacheEntryOptions { Size = 1 });
            }
        }

        // What was there a moment ago may have made way.
        var vectors = texts.Select(text => fresh.GetValueOrDefault(text) ?? _known.Get<QueryVector>(KeyOf(text))).OfType<QueryVector>().ToArray();
        return vectors.Length == texts.Length ? (vectors, null) : await LookUpAsync(texts, keyId, cancellationToken);
    }

    private async Task<bool> IsSpentAsync(string? keyId)
    {
        try
        {
            return await admission.FindJudgingRefusalAsync(keyId) is not null;
        }
        catch (RunLogUnavailableException)
        {
            return true; // not known to be left
        }
    }

    /// <summary>A text as long as models take, never a half of a character at its end.</summary>
    private static string Cut(string query) => query.Length <= Limits.EmbeddedCharacters ? query
        : query[..(char.IsHighSurrogate(query[Limits.EmbeddedCharacters - 1]) ? Limits.EmbeddedCharacters - 1 : Limits.EmbeddedCharacters)];

    private static string KeyOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
