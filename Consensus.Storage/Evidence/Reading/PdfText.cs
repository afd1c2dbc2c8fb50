using System.Text;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace Consensus.Storage.Evidence.Reading;

/// <summary>
/// The text of a PDF. PDFs are programs of strangers: reading one is bounded in bytes, pages, time and the work of a thread of its own, and whatever goes
/// wrong there
/// is a document that cannot be read.
/// </summary>
internal static class PdfText
{
    private const int StackBytes = 16 * 1024 * 1024;
    private const int MarkWithin = 1024;

    /// <summary>PDFs that are read at a time, those that do not end when told to among them.</summary>
    private const int AtATime = 2;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);
    private static readonly SemaphoreSlim Places = new(AtATime);

    /// <exception cref="UnreadableDocumentException">It cannot be read.</exception>
    public static string Of(string base64, int mostCharacters) => Of(base64, mostCharacters, MostTime);

    /// <inheritdoc cref="Of(string, int)"/>
    internal static string Of(string base64, int mostCharacters, TimeSpan mostTime)
    {
        var bytes = Decode(base64);
        if (!Places.Wait(mostTime))
        {
            throw new UnreadableDocumentException(FieldCodes.UnsupportedContent, "Too many PDFs are being read; send this one again later.");
        }

        var budget = new PdfBudget(mostTime);
        var reading = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(
            () =>
            {
                try
                {
                    reading.SetResult(Extract(bytes, budget, mostCharacters));
                }
                catch (Exception fault)
                {
                    reading.SetException(fault);
                }
                finally
                {
                    Places.Release();
                }
            },
            StackBytes)
        {
            IsBackground = true,
            Name = "PDF",
            Priority = ThreadPriority.BelowNormal,
        }.Start();
        try
        {
            return reading.Task.WaitAsync(mostTime + TimeSpan.FromSeconds(1)).GetAwaiter().GetResult();
        }
        catch (UnreadableDocumentException)
        {
            throw;
        }
        catch (Exception fault)
        {
            _ = reading.Task.Exception; // Somebody has seen it.
            throw Unreadable(fault, budget);
        }
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
