using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Reading;

namespace Consensus.ApiService.Collections;

/// <summary>Reads a document that somebody hands in, with every violation at once; its text is read out of what it was handed in as.</summary>
internal static class DocumentReader
{
    private const TextRules Label = TextRules.OneLine | TextRules.NotBlank;

    private static readonly string[] Members = ["content", "mediaType", "title", "source", "licence"];

    /// <param name="value">The document.</param>
    /// <param name="path">Where it stands in the body; empty for the body itself.</param>
    /// <param name="violations">What is wrong.</param>
    /// <param name="mostCharacters">The most characters of its text.</param>
    public static NewDocument? Read(JsonElement value, string path, Violations violations, int mostCharacters = Limits.DocumentCharacters)
    {
        var before = violations.Count;
        if (ObjectReader.Open(value, path, violations, Members) is not { } document)
        {
            return null;
        }

        var title = document.Text("title", Label, Limits.TitleCharacters);
        var source = document.Text("source", Label, Limits.TitleCharacters);
        var licence = document.Text("licence", Label, Limits.TitleCharacters);
        var mediaType = document.OneOf("mediaType", DocumentText.MediaTypes, FieldCodes.InvalidValue);
        if (!document.Has("content"))
        {
            violations.Add(document.Field("content"), FieldCodes.Required, "A document needs its content.");
        }

        if (document.Text("content", TextRules.Any | TextRules.NotBlank) is not { } content || (mediaType is null && document.Has("mediaType")))
        {
            return null;
        }

        var reading = DocumentText.Read(content, mediaType ?? DocumentText.Plain, mostCharacters);
        foreach (var fault in reading.Faults)
        {
            violations.Add(document.Field(fault.Field), FieldCodes.All.First(code => code.Code == fault.Code), fault.Message, fault.Allowed);
        }

        return violations.Count == before ? new NewDocument(reading.Text!, mediaType ?? DocumentText.Plain, title, source, licence) : null;
    }
}
