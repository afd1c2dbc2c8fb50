using Consensus.Contracts.Errors;
using Markdig;

namespace Consensus.Storage.Evidence.Reading;

/// <summary>The text of Markdown: read as a reader would see it, by way of the page that it makes.</summary>
internal static class MarkdownText
{
    // Extensions for tables, lists and notes; not those that look texts up or draw.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseGridTables().UseFootnotes().UseTaskLists()
        .UseEmphasisExtras().UseDefinitionLists().UseYamlFrontMatter().Build();

    /// <exception cref="UnreadableDocumentException">It is nested too deeply, or takes too long.</exception>
    public static string Of(string content) => HtmlText.Of(() => Page(content));

    private static string Page(string content)
    {
        try
        {
            return Markdig.Markdown.ToHtml(content, Pipeline);
        }
        catch (ArgumentException fault)
        {
            throw new UnreadableDocumentException(FieldCodes.InvalidValue, "The Markdown is nested too deeply to be read.", fault);
        }
    }
}
