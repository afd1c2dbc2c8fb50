using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Evidence.Reading;

/// <summary>The text of a document, or what is wrong with it.</summary>
/// <param name="Text">The text that passages are places in; <c>null</c> when anything is wrong.</param>
/// <param name="Faults">What is wrong, by member: <c>content</c> or <c>mediaType</c>.</param>
public sealed record DocumentText(string? Text, IReadOnlyList<FieldError> Faults)
{
    /// <summary>Text as it is.</summary>
    public const string Plain = "text/plain";

    /// <summary>CommonMark with the usual extensions.</summary>
    public const string Markdown = "text/markdown";

    /// <summary>A page of the Web.</summary>
    public const string Html = "text/html";

    /// <summary>PDF, its bytes in Base64.</summary>
    public const string Pdf = "application/pdf";

    /// <summary>The media types that can be read.</summary>
    public static IReadOnlyList<string> MediaTypes { get; } = [Plain, Markdown, Html, Pdf];

    /// <summary>Reads a document's text. Line ends become line feeds, characters that no text has are left out.</summary>
    /// <param name="content">The content; of <see cref="Pdf"/> its bytes in Base64.</param>
    /// <param name="mediaType">One of <see cref="MediaTypes"/>, in any case, parameters aside.</param>
    /// <param name="mostCharacters">The most characters that the text may have.</param>
    public static DocumentText Read(string content, string mediaType, int mostCharacters = Limits.DocumentCharacters)
    {
        var type = mediaType.Split(';')[0].Trim();
        if (!MediaTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return Refused("mediaType", FieldCodes.InvalidValue, $"{DocumentErrors.Shown(mediaType)} cannot be read.", MediaTypes);
        }

        try
        {
            var text = CleanText.Of(Extract(content, type.ToLowerInvariant(), mostCharacters));
            return text.Length == 0 ? Refused("content", FieldCodes.Required, "The document has no text.")
                : text.Length > mostCharacters ? TooLong(text.Length, mostCharacters)
                : new DocumentText(text, []);
        }
        catch (UnreadableDocumentException fault)
        {
            return Refused("content", fault.Code, fault.Message);
        }
    }

    private static string Extract(string content, string type, int mostCharacters) => type switch
    {
        Markdown => MarkdownText.Of(content),
        Html => HtmlText.Of(content),
        Pdf => PdfText.Of(content, mostCharacters),
        _ => content,
    };

    private static DocumentText TooLong(int length, int most) =>
        Refused("content", FieldCodes.TooLong, $"The text has {length} characters; at most {most} are allowed.");

    private static DocumentText Refused(string member, FieldCode code, string message, IEnumerable<string>? allowed = null)
    {
        var errors = new DocumentErrors();
        if (allowed is null)
        {
            errors.Add(member, code, message);
        }
        else
        {
            errors.Add(member, code, message, allowed);
        }

        return new DocumentText(null, errors.Errors);
    }
}

/// <summary>A document that cannot be read, and why.</summary>
internal sealed class UnreadableDocumentException(FieldCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    public FieldCode Code => code;
}
