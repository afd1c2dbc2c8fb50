using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Consensus.Contracts.Errors;

namespace Consensus.Storage.Evidence.Reading;

/// <summary>The text of a page: what a reader sees without running anything. Blocks are lines, paragraphs and headings stand apart.</summary>
internal static class HtmlText
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);
    private static readonly BoundedReading Reader = new("pages");

    private static readonly HashSet<string> Unseen = new(
        [
            "script", "style", "noscript", "template", "head", "svg", "math", "canvas", "iframe", "object", "embed", "audio", "video", "select", "datalist",
            "textarea", "button", "dialog", "nav", "frameset", "noframes",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Paragraphs = new(
        ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "ul", "ol", "dl", "section", "article", "aside", "figure", "header", "footer", "main", "hr"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Lines = new(
        ["div", "li", "tr", "dt", "dd", "br", "caption", "figcaption", "address", "form", "fieldset", "details", "summary", "body", "thead", "tbody", "tfoot"],
        StringComparer.OrdinalIgnoreCase);

    /// <exception cref="UnreadableDocumentException">It takes too long or unfolds to too much.</exception>
    public static string Of(string content) => Of(() => content, MostTime);

    /// <summary>Of a page that is to be made first, within the same bounds.</summary>
    /// <exception cref="UnreadableDocumentException">It takes too long or unfolds to too much, or cannot be made.</exception>
    public static string Of(Func<string> make) => Of(make, MostTime);

    /// <inheritdoc cref="Of(string)"/>
    internal static string Of(Func<string> make, TimeSpan mostTime) => Reader.Read(() => Extract(make(), mostTime), mostTime, Unreadable);

    private static string Extract(string content, TimeSpan mostTime)
    {
        var budget = new PageBudget(content.Length, mostTime);
        var options = new HtmlParserOptions { IsScripting = false, OnCreated = (_, _) => budget.Check() };
        using var page = new HtmlParser(options).ParseDocument(content);
        var text = new PageText();
        if (page.Body is { } body)
        {
            Write(body, text);
        }

        return text.ToString();
    }

    /// <summary>Walks without recursion: how deep a page goes is its writer's choice.</summary>
    private static void Write(IElement body, PageText text)
    {
        var open = new Stack<(INode Node, bool IsEnd)>();
        open.Push((body, false));
        while (open.TryPop(out var next))
        {
            if (next.Node is IText words)
            {
                text.Words(words.Data, IsPreformatted(words));
                continue;
            }

            if (next.Node is not IElement element || IsUnseen(element))
            {
                continue;
            }

            text.Break(Paragraphs.Contains(element.LocalName) ? 2 : Lines.Contains(element.LocalName) ? 1 : 0);
            if (next.IsEnd)
            {
                text.Space(element.LocalName is "td" or "th");
                continue;
            }

            open.Push((element, true));
            for (var child = element.LastChild; child is not null; child = child.PreviousSibling)
            {
                open.Push((child, false));
            }
        }
    }

    private static bool IsUnseen(IElement element) => Unseen.Contains(element.LocalName) || element.HasAttribute("hidden")
        || string.Equals(element.GetAttribute("aria-hidden"), "true", StringComparison.OrdinalIgnoreCase) || IsStyledAway(element.GetAttribute("style"));

    private static bool IsStyledAway(string? style)
    {
        var rules = style?.Replace(" ", "", StringComparison.Ordinal);
        return rules is not null && (rules.Contains("display:none", StringComparison.OrdinalIgnoreCase) || rules.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsPreformatted(INode node) => node.ParentElement is { LocalName: "pre" or "code" } parent && (parent.LocalName == "pre" || parent.ParentElement?.LocalName == "pre");

    private static UnreadableDocumentException Unreadable(Exception fault) => fault is TimeoutException
        ? new(FieldCodes.UnsupportedContent, "The page takes too long or unfolds to too much to be read.", fault)
        : new(FieldCodes.InvalidValue, "The page is damaged and cannot be read.", fault);

    /// <summary>The text so far, with white space as a browser shows it.</summary>
    private sealed class PageText
    {
        private readonly StringBuilder _text = new();
        private int _breaks;
        private bool _hasSpace;

        public void Break(int lines) => _breaks = Math.Max(_breaks, lines);

        public void Space(bool isDue) => _hasSpace |= isDue;

        public void Words(string words, bool isPreformatted)
        {
            if (isPreformatted)
            {
                Begin();
                _text.Append(words);
                return;
            }

            foreach (var c in words)
            {
                if (c is ' ' or '\n' or '\r' or '\t' or '\f')
                {
                    _hasSpace = true;
                }
                else
                {
                    Begin();
                    _text.Append(c);
                }
            }
        }

        public override string ToString() => _text.ToString();

        private void Begin()
        {
            if (_text.Length > 0 && _breaks > 0)
            {
                _text.Append('\n', _breaks);
            }
            else if (_text.Length > 0 && _hasSpace)
            {
                _text.Append(' ');
            }

            _breaks = 0;
            _hasSpace = false;
        }
    }
}
