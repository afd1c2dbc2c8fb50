using Consensus.Core.Answers.Scripts;
using Consensus.Core.Clustering;
using Consensus.Core.Evidence.Matching.Reading;

namespace Consensus.Core.Claims;

/// <summary>A text that claims are held against, read once: another candidate's answer or a passage of a document.</summary>
public sealed class ReferenceText
{
    private const int StemLength = 4;
    private const double Variant = 0.8;

    /// <summary>Of the words that begin alike so many are compared: more than any language has forms of one word.</summary>
    private const int MaxForms = 128;

    private readonly Dictionary<string, List<int>> _sentencesOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _formsByStem = new(StringComparer.Ordinal);

    private readonly Lazy<PassageReading> _reading;

    /// <summary>Reads a text of any script.</summary>
    /// <param name="text">The text.</param>
    /// <param name="title">What it is about: a passage's sentences need not name it again. No place in the text.</param>
    public ReferenceText(string text, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<ReferenceSentence> sentences = [];
        foreach (var span in Sentences.Spans(text))
        {
            var sentence = new ReferenceSentence(text[span], span);
            foreach (var form in sentence.Forms)
            {
                Post(form, sentences.Count);
            }

            sentences.Add(sentence);
        }

        Text = text;
        InSentences = sentences;
        _reading = new Lazy<PassageReading>(() => new PassageReading(this, title));
    }

    /// <summary>The text as given.</summary>
    public string Text { get; }

    internal IReadOnlyList<ReferenceSentence> InSentences { get; }

    /// <summary>What its sentences say, read at the first use.</summary>
    internal PassageReading Reading => _reading.Value;

    /// <summary>The sentences that have a word: with 1 where it stands as it is, less where only another form of it does.</summary>
    internal IEnumerable<(int Sentence, double Strength)> Find(Token word)
    {
        if (_sentencesOf.TryGetValue(word.Form, out var exact))
        {
            foreach (var sentence in exact)
            {
                yield return (sentence, 1);
            }
        }

        if (word.Form.Length < StemLength || !_formsByStem.TryGetValue(word.Form[..StemLength], out var forms))
        {
            yield break;
        }

        foreach (var form in forms)
        {
            if (form != word.Form && Words.AreVariants(form, word.Form))
            {
                foreach (var sentence in _sentencesOf[form])
                {
                    yield return (sentence, Variant);
                }
            }
        }
    }

    private void Post(string form, int sentence)
    {
        if (_sentencesOf.TryGetValue(form, out var sentences))
        {
            sentences.Add(sentence);
            return;
        }

        _sentencesOf[form] = [sentence];
        if (form.Length < StemLength)
        {
            return;
        }

        var stem = form[..StemLength];
        if (!_formsByStem.TryGetValue(stem, out var forms))
        {
            _formsByStem[stem] = forms = [];
        }

        if (forms.Count < MaxForms)
        {
            forms.Add(form);
        }
    }
}
