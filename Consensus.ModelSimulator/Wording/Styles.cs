using System.Globalization;
using System.Text.Json;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Models;

namespace Consensus.ModelSimulator.Wording;

/// <summary>Words an answer in a model's style.</summary>
internal static class Styles
{
    public static string Write(AnswerStyle style, Problem problem, Answer answer) => style switch
    {
        AnswerStyle.Terse => Bare(answer),
        AnswerStyle.Reasoned => $"{Working(problem, answer)} The answer is {(answer.Letter is { } letter ? $"({letter})" : Bare(answer))}.",
        AnswerStyle.Json => $"```json\n{{\n  \"reasoning\": {Quoted(Working(problem, answer))},\n  \"answer\": {Quoted(Bare(answer))}\n}}\n```",
        AnswerStyle.Markdown => $"{Working(problem, answer)}\n\n**Final answer:** {Rich(answer)}",
        AnswerStyle.Latex => $"{Working(problem, answer)}\n\n$\\boxed{{{Latex(answer)}}}$",
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, "There is no such style."),
    };

    /// <summary>The answer by itself: a letter where options were given.</summary>
    public static string Bare(Answer answer) => answer.Letter is { } letter ? letter.ToString() : answer.Text;

    /// <summary>The working with the answer put in, so that a wrong answer is argued for too.</summary>
    public static string Working(Problem problem, Answer answer) => Sentence(problem.Working.Replace("{0}", answer.Text, StringComparison.Ordinal));

    private static string Sentence(string text) => text.EndsWith('.') || text.EndsWith('!') ? text : text + ".";

    private static string Rich(Answer answer) => answer switch
    {
        { Letter: { } letter } => $"{letter}) {answer.Text}",
        { Number: { } number } => (answer.Dollars ? "$" : "") + Grouped(number.ToString()),
        _ => answer.Text,
    };

    private static string Grouped(string number)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? number : number[..point];
        return decimal.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? (whole is "-0" ? "-0" : value.ToString("#,0", CultureInfo.InvariantCulture)) + (point < 0 ? "" : number[point..])
            : number;
    }

    private static string Latex(Answer answer) => answer switch
    {
        { Letter: { } letter } => letter.ToString(),
        { Number: not null } => answer.Text,
        _ => $"\\text{{{answer.Text}}}",
    };

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
