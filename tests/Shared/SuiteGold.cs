using System.Globalization;
using System.Text;
using Consensus.Contracts.Suites;

namespace Consensus.Testing;

/// <summary>
/// Whether a shown answer is a suite's gold, read without any of the product's own code: a number by value, a choice by its letter, a Python literal by structure.
/// What is no literal counts as the text that it is.
/// </summary>
internal sealed class SuiteGold
{
    private readonly Func<string, string> _normal;
    private readonly string _gold;

    private SuiteGold(Func<string, string> normal, string gold)
    {
        _normal = normal;
        _gold = normal(gold);
    }

    public static SuiteGold Of(SuiteItem item) => item.Kind switch
    {
        "number" => new SuiteGold(Number, item.Gold),
        "choice" => new SuiteGold(static letter => letter, item.Gold),
        "code" => new SuiteGold(PythonText.Normal, item.Gold),
        var kind => throw new InvalidDataException($"A suite of kind {kind} has no independent reading."),
    };

    public bool Is(string shown) => _normal(shown) == _gold;

    // People write money with a sign.
    private static string Number(string text) =>
        decimal.TryParse(text.TrimStart('$'), NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value.ToString("0.##########", CultureInfo.InvariantCulture) : text;

    /// <summary>A small reader of Python's literals: strings, numbers, True, False, None, lists, tuples, sets and dictionaries.</summary>
    private sealed class PythonText
    {
        private readonly string _text;
        private int _at;

        private PythonText(string text) => _text = text;

        public static string Normal(string text)
        {
            var reader = new PythonText(text.Trim());
            return reader.Value() is { } value && reader._at == reader._text.Length ? value : Quoted(text);
        }

        private string? Value()
        {
            Skip();
            return Peek() switch
            {
                '\'' or '"' => String(),
                '[' => Items('[', ']'),
                '(' => Items('(', ')'),
                '{' => Items('{', '}'),
                _ => Word(),
            };
        }

        private string? Word()
        {
            var start = _at;
            while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '+' or '-' or '.'))
            {
                _at++;
            }

            var word = _text[start.._at];
            return word is "True" or "False" or "None" ? word
                : double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("R", CultureInfo.InvariantCulture) : null;
        }

        private string? String()
        {
            var quote = _text[_at++];
            var value = new StringBuilder();
            while (Peek() != quote)
            {
                if (_at + 1 >= _text.Length)
                {
                    return null;
                }

                if (_text[_at] != '\\')
                {
                    value.Append(_text[_at++]);
                    continue;
                }

                value.Append(_text[_at + 1] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '\\' or '\'' or '"' => _text[_at + 1].ToString(), var other => "\\" + other });
                _at += 2;
            }

            _at++;
            return Quoted(value.ToString());
        }

        private string? Items(char open, char close)
        {
            List<string> items = [];
            var (pairs, commas) = (false, 0);
            for (_at++, Skip(); Peek() != close; Skip())
            {
                if (Value() is not { } item)
                {
                    return null;
                }

                Skip();
                if (Peek() == ':')
                {
                    _at++;
                    pairs = true;
                    item = Value() is { } value ? item + ":" + value : "";
                    Skip();
                }

                items.Add(item);
                if (Peek() == ',')
                {
                    _at++;
                    commas++;
                }
                else if (Peek() != close)
                {
                    return null;
                }
            }

            _at++;
            return open switch
            {
                '(' when items.Count == 1 && commas == 0 => items[0],
                '{' => (pairs || items.Count == 0 ? "map{" : "set{") + string.Join(',', items.Order(StringComparer.Ordinal)) + "}",
                _ => open + string.Join(',', items) + close,
            };
        }

        private static string Quoted(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

        private char Peek() => _at < _text.Length ? _text[_at] : '\0';

        private void Skip()
        {
            while (char.IsWhiteSpace(Peek()))
            {
                _at++;
            }
        }
    }
}
