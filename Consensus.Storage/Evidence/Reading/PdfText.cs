using System.Text;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace Consensus.Storage.Evidence.Reading;

/// <summary>
/// The text of a PDF. PDFs are programs of strangers: reading one is bounded in bytes, pages, time and the work of a thread of its own, and whatever
/// goes wrong there is a document that cannot be read.
/// </summary>
internal static class PdfText
{
    private const int MarkWithin = 1024;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);
    private static readonly BoundedReading Reader = new("PDFs");

    /// <exception cref="UnreadableDocumentException">It cannot be read.</exception>
    public static string Of(string base64, int mostCharacters) => Of(base64, mostCharacters, MostTime);

    /// <inheritdoc cref="Of(string, int)"/>
    internal static string Of(string base64, int mostCharacters, TimeSpan mostTime)
    {
        var bytes = Decode(base64);
        var budget = new PdfBudget(mostTime);
        return Reader.Read(() => Extract(bytes, budget, mostCharacters), mostTime, fault => Unreadable(fault, budget));
    }

    private static byte[] Decode(string base64)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(base64);
        }
        catch (FormatException fault)
        {
            throw new UnreadableDocumentException(FieldCodes.InvalidValue, "The content of a PDF is its bytes in Base64, and this is not Base64.", fault);
        }

        return bytes.AsSpan(0, Math.Min(bytes.Length, MarkWithin)).IndexOf("%PDF-"u8) >= 0
            ? bytes
            : throw new UnreadableDocumentException(FieldCodes.InvalidValue, "This is no PDF: its bytes do not begin as those of one.");
    }

    private static string Extract(byte[] bytes, PdfBudget budget, int mostCharacters)
    {
        using var document = PdfDocument.Open(bytes, new ParsingOptions { SkipMissingFonts = true, UseLenientParsing = true, FilterProvider = new PdfFilters(budget) });
        if (document.NumberOfPages > Limits.DocumentPages)
        {
            throw new UnreadableDocumentException(FieldCodes.TooLong, $"The PDF has {document.NumberOfPages} pages; at most {Limits.DocumentPages} are allowed.");
        }

        var text = new StringBuilder();
        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            budget.Check();
            text.Append(ContentOrderTextExtractor.GetText(document.GetPage(number), addDoubleNewline: true)).Append("\n\n");
            if (text.Length > 2L * mostCharacters)
            {
                throw new UnreadableDocumentException(FieldCodes.TooLong, $"The text has more than {mostCharacters} characters.");
            }
        }

        budget.Check();
        return text.ToString();
    }

    private static UnreadableDocumentException Unreadable(Exception fault, PdfBudget budget) => fault switch
    {
        PdfDocumentEncryptedException => new(FieldCodes.UnsupportedContent, "The PDF is encrypted and cannot be read without its password.", fault),
        _ when fault is TimeoutException || budget.IsSpent => new(FieldCodes.UnsupportedContent, "The PDF takes too long or unpacks to too much to be read.", fault),
        _ => new(FieldCodes.InvalidValue, "The PDF is damaged and cannot be read.", fault),
    };
}
