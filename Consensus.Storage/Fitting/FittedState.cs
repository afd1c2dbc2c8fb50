using System.Collections.Frozen;
using Consensus.Contracts.Fitting;
using Consensus.Core.Answers;
using Consensus.Core.Fitting;

namespace Consensus.Storage.Fitting;

/// <summary>A fitted document that was found to be valid, ready to be asked. Immutable.</summary>
public sealed class FittedState
{
    private readonly FrozenDictionary<string, PanelFit> _byKey;

    internal FittedState(FittedDocument document, IReadOnlyList<FittedPanel> panels)
    {
        (Document, Panels, Fits) = (document, panels, [.. panels.Select(p => p.Fit)]);
        _byKey = panels.ToFrozenDictionary(p => Key(p.Fit.Models, p.Fit.Kind), p => p.Fit, StringComparer.Ordinal);
    }

    /// <summary>The document as it is on the wire.</summary>
    public FittedDocument Document { get; }

    /// <summary>The hash that names it.</summary>
    public string Version => Document.Version;

    /// <summary>When it was fitted.</summary>
    public DateTimeOffset FittedAt => Document.FittedAt;

    /// <summary>One entry per panel and kind.</summary>
    public IReadOnlyList<FittedPanel> Panels { get; }

    /// <summary>What was learned, as a decision takes it.</summary>
    public IReadOnlyList<PanelFit> Fits { get; }

    /// <summary>The version where anything of it serves a panel of these models and this kind; <c>null</c> where nothing does.</summary>
    public string? VersionFor(IEnumerable<string> models, AnswerKind kind) => PanelFits.Choose(Fits, models, kind) is null ? null : Version;

    /// <summary>What was learned of exactly these models (in any order, repeated or not) and this kind; <c>null</c> when nothing was.</summary>
    public PanelFit? Find(IEnumerable<string> models, AnswerKind kind)
    {
        string[] ids = [.. models.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return _byKey.TryGetValue(Key(ids, kind), out var fit) && fit.IsOf(ids, kind) ? fit : null;
    }

    // A caller's own names may hold the separator; the ids of a document do not.
    internal static string Key(IEnumerable<string> models, AnswerKind kind) => $"{kind}\n{string.Join('\n', models)}";
}
