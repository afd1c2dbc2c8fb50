using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Configuration;
using Consensus.LanguageModels.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Consensus.LanguageModels.Embedding;

/// <summary>Makes <see cref="TextEmbedder"/> of the configured providers.</summary>
public sealed class TextEmbedders
{
    private readonly IOptions<LanguageModelSettings> _settings;
    private readonly ModelClients _clients;
    private readonly ModelInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;

    internal TextEmbedders(
        IOptions<LanguageModelSettings> settings, ModelClients clients, ModelInstruments instruments, TimeProvider time, ILoggerFactory loggers) =>
        (_settings, _clients, _instruments, _time, _loggers) = (settings, clients, instruments, time, loggers);

    /// <summary>Why a model cannot be had, in a sentence; <c>null</c> when it can.</summary>
    /// <param name="id">The model's id: <c>provider/model</c>. That the provider has such a model is not looked at.</param>
    public string? FindProblem(string id)
    {
        if (NameOf(id) is not { Length: > 0 and <= 128 } name || name.Any(static c => c is <= ' ' or > '~') || id.IndexOf('/', StringComparison.Ordinal) < 1)
            return "names no model as provider/model, in printable ASCII without spaces.";
        return ProviderOf(id) switch
        {
            null => $"names the provider '{id[..id.IndexOf('/', StringComparison.Ordinal)]}', which is not configured; configured are "
                + string.Join(", ", _settings.Value.Providers.Select(static provider => provider.Name)) + ".",
            { Kind: ProviderKind.Anthropic } provider => $"names the provider '{provider.Name}' of the kind {provider.Kind}, which has no embeddings.",
            var provider when CatalogBuilder.WhyNotAsked(provider) is { } reason => $"names the provider '{provider.Name}', which is left out: {reason}.",
            _ => null,
        };
    }

    /// <summary>The embedder of a model.</summary>
    /// <exception cref="ArgumentException">There is a problem with it.</exception>
    public TextEmbedder Create(EmbeddingModel model)
    {
        if (FindProblem(model.Id) is { } problem)
            throw new ArgumentException($"'{model.Id}' {problem}", nameof(model));
        var provider = ProviderOf(model.Id)!;
        var entry = new ModelEntry
        {
            Id = model.Id,
            Provider = provider.Name,
            ProviderKind = provider.Kind,
            Name = NameOf(model.Id)!,
            Family = "embedding",
            InputUsdPerMillion = model.UsdPerMillion,
            OutputUsdPerMillion = model.UsdPerMillion is null ? null : 0,
        };
        return new TextEmbedder(entry, model, _clients.CreateEmbedder(entry, provider), _instruments, _time, _loggers.CreateLogger<TextEmbedder>());
    }

    private static string? NameOf(string id) => id.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? id[(slash + 1)..] : null;

    private ProviderSettings? ProviderOf(string id) =>
        _settings.Value.Providers.FirstOrDefault(provider => id.StartsWith(provider.Name + "/", StringComparison.Ordinal));
}
