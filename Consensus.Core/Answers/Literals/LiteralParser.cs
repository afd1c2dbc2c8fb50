using Consensus.Core.Answers.Numbers;

namespace Consensus.Core.Answers.Literals;

/// <summary>
/// Parses one literal: JSON, Python, or a mixture of both (trailing commas, either quote, raw line breaks in strings).
/// Linear in the text; nesting deeper than <see cref="MaxDepth"/> is not a literal.
/// </summary>
internal ref struct LiteralParser(ReadOnlySpan<char> text)
{
    public const int MaxDepth = 64;

    private readonly ReadOnlySpan<char> text = text;
    private int depth;

    /// <summary>The position after what was parsed.</summary>
    public int Position { get; private set; }

    /// <summary>The literal that is the whole of a text, or <c>null</c>.</summary>
    public static Literal? Whole(ReadOnlySpan<char> text)
    {
        var parser = new LiteralParser(text);
        var value = parser.Value();
        if (value is null)
            return null;
        parser.SkipSpace();
        if (parser.Position == text.Length)
            return value;
        return parser.Peek() == ',' ? parser.BareTuple(value) : null;
    }

    /// <summary>The literal at the start of a text, whatever follows it.</summary>
    public static Literal? Prefix(ReadOnlySpan<char> text, out int length)
    {
        var parser = new LiteralParser(text);
        var value = parser.Value();
        length = parser.Position;
        return value;
    }

    private SequenceLiteral? BareTuple(Literal first)
    {
        List<Literal> items = [first];
        while (Peek() == ',')
        {
            Position++;
            SkipSpace();
            if (Position == text.Length)
                break;
            if (Value() is not { } item)
                return null;
            items.Add(item);
            SkipSpace();
        }
        return Position == text.Length ? new SequenceLiteral(SequenceKind.Tuple, items) : null;
    }

    private Literal? Value()
    {
        SkipSpace();
        switch (Peek())
        {
            case '[':
                return Nested(static (ref LiteralParser p) => p.Sequence(']', SequenceKind.List));
            case '(':
                return Nested(static (ref LiteralParser p) => p.Parenthesised());
            case '{':
                return Nested(static (ref LiteralParser p) => p.Braced());
            case '\'' or '"':
                return QuotedText.Read(text, Position, raw: false, out var end) is { } s ? Take(new TextLiteral(s), end) : null;
            case '-' or '+' or '.' or (>= '0' and <= '9'):
                return Quantity.ReadProgrammed(text[Position..], out var length) is { } number ? Take(new NumberLiteral(number), Position + length) : null;
            default:
                return Word();
        }
    }

    private delegate Literal? Parse(ref LiteralParser parser);

    private Literal? Nested(Parse parse)
    {
        if (++depth > MaxDepth)
            return null;
        Position++;
        var value = parse(ref this);
        depth--;
        return value;
    }

    private Literal Take(Literal value, int end)
    {
        Position = end;
        return value;
    }

    private SequenceLiteral? Sequence(char close, SequenceKind kind) => Items(close) is { } items ? new SequenceLiteral(kind, items) : null;

    private List<Literal>? Items(char close)
    {
        List<Literal> items = [];
        while (true)
        {
            SkipSpace();
            if (Peek() == close)
            {
                Position++;
                return items;
            }
            if (Value() is not { } item)
                return null;
            items.Add(item);
            if (!Separator(close))
                return null;
        }
    }

    private Literal? Parenthesised()
    {
        var start = Position;
        if (Items(')') is not { } items)
            return null;
        return items.Count == 1 && text[start..(Position - 1)].TrimEnd() is not [.., ','] ? items[0] : new SequenceLiteral(SequenceKind.Tuple, items);
    }

    private Literal? Braced()
    {
        SkipSpace();
        if (Peek() == '}')
        {
            Position++;
            return new MapLiteral([]);
        }
        if (Value() is not { } first)
            return null;
        SkipSpace();
        if (Peek() == ':')
            return Map(first);
        if (!Separator('}') || Items('}') is not { } rest)
            return null;
        rest.Insert(0, first);
        // Python has no set of lists, maps or sets: {{{}}} is a text.
        if (rest.Exists(static item => item is MapLiteral or SequenceLiteral { Kind: not SequenceKind.Tuple }))
            return null;
        return new SequenceLiteral(SequenceKind.Set, rest);
    }

    private MapLiteral? Map(Literal firstKey)
    {
        List<KeyValuePair<Literal, Literal>> members = [];
        Dictionary<string, int> places = [];
        Literal? key = firstKey;
        while (true)
        {
            SkipSpace();
            if (Peek() != ':')
                return null;
            Position++;
            if (Value() is not { } value)
                return null;
            var name = LiteralForm.Normal(key);
            if (places.TryGetValue(name, out var place))
            {
                members[place] = new(key, value);
            }
            else
            {
                places.Add(name, members.Count);
                members.Add(new(key, value));
            }
            if (!Separator('}'))
                return null;
            SkipSpace();
            if (Peek() == '}')
            {
                Position++;
                return new MapLiteral(members);
            }
            key = Value();
            if (key is null)
                return null;
        }
    }

    /// <summary>Passes a comma, or stands before the closing bracket.</summary>
    private bool Separator(char close)
    {
        SkipSpace();
        if (Peek() == ',')
        {
            Position++;
            return true;
        }
        return Peek() == close;
    }

    private Literal? Word()
    {
        var start = Position;
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        var word = text[start..end];
        if (end < text.Length && text[end] is '\'' or '"' && word.Length is 1 or 2 && word.IndexOfAnyExcept("rRbBuUfF") < 0)
        {
            var raw = word.IndexOfAny('r', 'R') >= 0;
            return QuotedText.Read(text, end, raw, out var after) is { } s ? Take(new TextLiteral(s), after) : null;
        }
        if (end < text.Length && text[end] == '(')
            return Call(word, end);
        Literal? value = word switch
        {
            "True" or "true" or "TRUE" => new TruthLiteral(true),
            "False" or "false" or "FALSE" => new TruthLiteral(false),
            "None" or "null" or "NULL" or "undefined" => NoneLiteral.Instance,
            "NaN" or "nan" => new NumberLiteral(Quantity.NaN),
            "Infinity" or "inf" => new NumberLiteral(Quantity.Infinity),
            _ => null,
        };
        return value is null ? null : Take(value, end);
    }

    /// <summary>The constructors of the built-in collections: <c>set()</c>, <c>frozenset({1, 2})</c>, <c>dict()</c>, <c>tuple([1])</c>.</summary>
    private Literal? Call(ReadOnlySpan<char> name, int open)
    {
        if (name is not ("set" or "frozenset" or "dict" or "list" or "tuple") || ++depth > MaxDepth)
            return null;
        var isMap = name is "dict";
        var kind = name is "list" ? SequenceKind.List : name is "tuple" ? SequenceKind.Tuple : SequenceKind.Set;
        Position = open + 1;
        var arguments = Items(')');
        depth--;
        return arguments switch
        {
            [] => isMap ? new MapLiteral([]) : new SequenceLiteral(kind, []),
            [MapLiteral map] when isMap => map,
            [SequenceLiteral inner] when !isMap => new SequenceLiteral(kind, inner.Items),
            _ => null,
        };
    }

    private readonly char Peek() => Position < text.Length ? text[Position] : '\0';

    private void SkipSpace()
    {
        while (Position < text.Length && char.IsWhiteSpace(text[Position]))
            Position++;
    }
}
