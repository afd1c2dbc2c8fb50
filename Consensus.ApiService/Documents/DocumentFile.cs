using System.Text;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Text;

namespace Consensus.ApiService.Documents;

/// <summary>What a look at the file gave: its text, or why there is none.</summary>
internal readonly record struct FileLook(string? Text, string? Fault);

/// <summary>The file of a document that the settings may name, and what is wrong with it.</summary>
/// <param name="what">What the document is, as in "scoring configuration".</param>
/// <param name="path">The file; <c>null</c> where the settings name none.</param>
/// <param name="mostBytes">The most bytes that it may have.</param>
/// <param name="logger">Where a refusal is told.</param>
internal sealed partial class DocumentFile(string what, string? path, int mostBytes, ILogger logger)
{
    private const int Told = 20;
    private const int ToldCharacters = 4_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private volatile string? _fault;

    /// <summary>What the document is.</summary>
    public string What => what;

    /// <summary>Whether the settings name a file.</summary>
    public bool IsSet => path is not null;

    /// <summary>What is wrong with the file, without its content; <c>null</c> when nothing is.</summary>
    public string? Fault => _fault;

    /// <summary>What was looked at last and dealt with.</summary>
    public FileLook? Seen { get; private set; }

    /// <summary>Reads the file.</summary>
    public FileLook Look()
    {
        try
        {
            // Whoever edits it must not be kept from doing so.
            using var stream = new FileStream(path!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > mostBytes)
            {
                return new FileLook(null, $"It has more than {mostBytes} bytes.");
            }

            using var reader = new StreamReader(stream, Strict);
            return new FileLook(reader.ReadToEnd(), null);
        }
        catch (DecoderFallbackException)
        {
            return new FileLook(null, "It is not UTF-8.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new FileLook(null, fault.Message);
        }
    }

    /// <summary>Notes that what the file says is in force, or was once and is not new.</summary>
    public void Accept(FileLook look) => (Seen, _fault) = (look, null);

    /// <summary>Notes that what the file says cannot be in force, in one line of the log; once.</summary>
    /// <param name="look">What was read.</param>
    /// <param name="reason">Every reason, in a line; see <see cref="Reasons"/>.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="inForce">The version that stays in force.</param>
    public void Refuse(FileLook look, string reason, int count, string inForce)
    {
        if (Seen == look)
        {
            return; // It was told.
        }

        (Seen, _fault) = (look, look.Text is null ? "the file cannot be read" : $"the file is refused: {count} violations");
        LogRefused(what, path!, inForce, count, reason);
    }

    /// <summary>Every violation in a line, of very many the first.</summary>
    public static string Reasons(IReadOnlyList<FieldError> errors, int count)
    {
        var told = string.Join(" ", errors.Take(Told).Select(static error => $"{error.Field}: {error.Message}{Allowed(error)}"));
        return VisibleText.Line(told, ToldCharacters) + (count > Told ? $" And {count - Told} more." : "");
    }

    private static string Allowed(FieldError error) => error.Allowed is { } allowed ? $" Allowed: {allowed}." : "";

    [LoggerMessage(LogLevel.Error, "The {What} in {Path} is not taken, and version {Version} stays in force. {Count} violations: {Reason}")]
    private partial void LogRefused(string what, string path, string version, int count, string reason);
}
