using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Consensus.Contracts.Errors;

namespace Consensus.Storage.Evidence.Reading;

/// <summary>The text of a page: what a reader sees without running anything. Blocks are lines, paragraphs and headings stand apart.</summary>
internal static class HtmlText
{
    /// <summary>Deeper pages are made to exhaust a reader.</summary>
    private const int MostDepth = 1_000;

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

    /// <exception cref="UnreadableDocumentException">It is nested too deeply.</exception>
    public static string Of(string content)
    {
        if (!IsShallow(content))
        {
            throw TooDeep();
        }

        using var page = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(content);
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

    /// <summary>Counts what is opened and not closed: a bound on the depth of the tree, before it is built.</summary>
    private static bool IsShallow(string content)
    {
        var depth = 0;
        for (var i = content.IndexOf('<', StringComparison.Ordinal); i >= 0 && i + 1 < content.Length; i = content.IndexOf('<', i + 1))
        {
            depth = content[i + 1] == '/' ? Math.Max(0, depth - 1) : char.IsAsciiLetter(content[i + 1]) && !IsVoid(content, i + 1) ? depth + 1 : depth;
            if (depth > MostDepth)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Elements that nothing can be in, and those that end without being closed.</summary>
    private static bool IsVoid(string content, int at)
    {
        var end = at;
        while (end < content.Length && char.IsAsciiLetterOrDigit(content[end]) && end - at < 12)
        {
            end++;
        }

        return content[at..end].ToLowerInvariant() is "br" or "hr" or "img" or "input" or "meta" or "link" or "col" or "area" or "base" or "embed" or "source" or "track"
            or "wbr" or "li" or "p" or "td" or "th" or "tr" or "dt" or "dd" or "option" or "thead" or "tbody" or "tfoot";
    }

    private static UnreadableDocumentException TooDeep() => new(FieldCodes.InvalidValue, $"The page has more than {MostDepth} elements within each other.");

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
