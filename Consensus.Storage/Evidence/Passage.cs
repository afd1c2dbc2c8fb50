using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Consensus.Core.Evidence.Passages;

namespace Consensus.Storage.Evidence;

/// <summary>A passage with where it comes from.</summary>
public sealed record Passage
{
    /// <summary>Its id: the same text at the same place of the same content has the same one.</summary>
    public required string Id { get; init; }

    /// <summary>The stored document; <c>null</c> of one that came with a request.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>The document's place in the request, from 1; <c>null</c> of a stored one.</summary>
    public int? Document { get; init; }

    /// <summary>What the document is called.</summary>
    public string? Title { get; init; }

    /// <summary>Where the document comes from.</summary>
    public string? Source { get; init; }

    /// <summary>Under which terms it may be used.</summary>
    public string? Licence { get; init; }

    /// <summary>SHA-256 of the document's text in UTF-8, in hexadecimal.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Its first character in the document's text, in UTF-16 code units.</summary>
    public required int Start { get; init; }

    /// <summary>The character after its last one.</summary>
    public required int End { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>The passages of a document that comes with a request.</summary>
    /// <param name="document">Its place in the request, from 1.</param>
    /// <param name="text">Its text, as <see cref="Reading.DocumentText"/> has read it.</param>
    /// <param name="title">What it is called.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="licence">Under which terms it may be used.</param>
    public static IReadOnlyList<Passage> OfRequest(int document, string text, string? title, string? source, string? licence)
    {
        var hash = HashOf(text);
        return
        [
            .. PassageSplitter.Split(text).Select(span => new Passage
            {
                Id = IdOf(hash, span), Document = document, Title = title, Source = source, Licence = licence, ContentHash = hash, Start = span.Start,
                End = span.End, Text = text[span.Start..span.End],
            }),
        ];
    }

    /// <summary>The hash by which contents are known.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal static string IdOf(string contentHash, PassageSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{contentHash[..16]}-{span.Start}-{span.End}");
}

/// <summary>A passage that a search has found.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Score">How relevant it is; comparable within one search only.</param>
public sealed record RankedPassage(Passage Passage, double Score);

/// <summary>What a search has found.</summary>
/// <param name="Search">How: <c>bm25</c> or <c>bm25+embeddings</c>.</param>
/// <param name="Items">The passages, the most relevant first.</param>
/// <param name="Embedded">How many passages of the collection have vectors that the query's compares with; 0 where it had none.</param>
/// <param name="Passages">How many passages the collection has; 0 of those of a request.</param>
public sealed record PassageHits(string Search, IReadOnlyList<RankedPassage> Items, int Embedded = 0, int Passages = 0);

/// <summary>Passages of a document in their order.</summary>
/// <param name="Items">The passages.</param>
/// <param name="First">The number of the first, from 1.</param>
/// <param name="Next">Where to go on; <c>null</c> at the end.</param>
public sealed record PassagePage(IReadOnlyList<Passage> Items, int First, string? Next);
