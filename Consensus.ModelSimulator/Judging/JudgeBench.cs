using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ModelSimulator.Hosting;
using Consensus.ModelSimulator.Json;
using Consensus.ModelSimulator.Randomness;

namespace Consensus.ModelSimulator.Judging;

/// <summary>A model's grades, verdicts, labels and rankings: its opinion of the answers, with the noise and the position bias of its profile.</summary>
internal sealed class JudgeBench(FencedPrompt prompt, Opinion opinion, Draw draw, JudgeOptions habits)
{
    /// <summary>A grade for each criterion. Whether the answer is right decides the first one and every one that asks for correctness; the others get the best grade.</summary>
    public JsonObject Grades(JsonElement criteria)
    {
        var answer = prompt.Named("answer").FirstOrDefault()?.Text ?? "";
        var grades = new JsonObject();
        foreach (var (criterion, i) in (JsonText.Member(criteria, "properties") ?? default).EnumerateObject().Select((criterion, i) => (criterion, i)))
        {
            var menu = Menu(JsonText.Member(criterion.Value, "properties") is { } members ? JsonText.Member(members, "grade") : null);
            var isOfTruth = i == 0 || criterion.Name.Contains("correct", StringComparison.OrdinalIgnoreCase);
            var place = !isOfTruth ? 0 : opinion.Agrees(answer) switch { null => menu.Count / 2, true => 0, false => menu.Count - 1 };
            grades[criterion.Name] = new JsonObject { ["rationale"] = opinion.Reason(answer), ["grade"] = menu[Noisy(place, menu.Count, (ulong)i)] };
        }

        return new() { ["criteria"] = grades };
    }

    /// <summary>Which of two answers is the better one.</summary>
    public JsonObject Verdict(JsonElement better)
    {
        var menu = Menu(better);
        var (first, second) = (prompt.Named("first answer").FirstOrDefault()?.Text ?? "", prompt.Named("second answer").FirstOrDefault()?.Text ?? "");
        var place = draw.For(Purpose.PositionBias).Uniform < habits.PositionBias ? 0 : (opinion.Agrees(first), opinion.Agrees(second)) switch
        {
            (true, false) => 0,
            (false, true) => 1,
            _ => 2,
        };
        return new() { ["rationale"] = $"First: {opinion.Reason(first)} Second: {opinion.Reason(second)}", ["better"] = menu[Math.Min(Noisy(place, menu.Count, 0), menu.Count - 1)] };
    }

    /// <summary>A label for each claim.</summary>
    public JsonObject Labels(JsonElement claims)
    {
        var menu = Menu(JsonText.Member(claims, "items") is { } item && JsonText.Member(item, "properties") is { } members ? JsonText.Member(members, "label") : null);
        (string, int)[] sources = [.. prompt.Named("source ").Select(source => (source.Text, TimesOf(source.Name)))];
        return new()
        {
            ["claims"] = new JsonArray([.. prompt.Named("claim ").Select((claim, i) =>
            {
                var verdict = ClaimReading.Verdict(claim.Text, sources);
                var place = Noisy(verdict switch { > 0 => 0, < 0 => 1, _ => 2 }, menu.Count, (ulong)i);
                return (JsonNode)new JsonObject { ["claim"] = i + 1, ["rationale"] = "Told by the words and numbers that claim and sources share.", ["label"] = menu[place] };
            })]),
        };
    }

    /// <summary>A label for each claim, with the numbers of the passages that it rests on.</summary>
    public JsonObject Entailments(JsonElement claims)
    {
        var menu = Menu(JsonText.Member(claims, "items") is { } item && JsonText.Member(item, "properties") is { } members ? JsonText.Member(members, "label") : null);
        string[] passages = [.. prompt.Named("passage ").Select(passage => passage.Text)];
        return new()
        {
            ["claims"] = new JsonArray([.. prompt.Named("claim ").Select((claim, i) =>
            {
                var verdicts = Array.ConvertAll(passages, passage => ClaimReading.Verdict(claim.Text, [(passage, 1)]));
                var verdict = verdicts.Contains(1) ? 1 : verdicts.Contains(-1) ? -1 : 0;
                var place = Noisy(verdict switch { > 0 => 0, < 0 => 1, _ => 2 }, menu.Count, (ulong)i);
                int[] named = place == 2 ? [] : verdict == 0 ? [1] : [.. Enumerable.Range(1, passages.Length).Where(number => verdicts[number - 1] == verdict)];
                return (JsonNode)new JsonObject
                {
                    ["claim"] = i + 1,
                    ["rationale"] = "Told by the words and numbers that claim and passages share.",
                    ["passages"] = new JsonArray([.. named.Select(number => (JsonNode)number)]),
                    ["label"] = menu[place],
                };
            })]),
        };
    }

    /// <summary>The answers' letters: first those that agree with the model, then the others, each in an order of the model's own.</summary>
    public JsonObject Ranking(JsonElement ranking)
    {
        var letters = Menu(JsonText.Member(ranking, "items"));
        var texts = prompt.Named("answer ").ToDictionary(answer => answer.Name["answer ".Length..], answer => answer.Text, StringComparer.Ordinal);
        var order = letters.Select((letter, i) => (letter, Agrees: texts.TryGetValue(letter, out var text) && opinion.Agrees(text) == true, Luck: draw.For(Purpose.JudgeNoise).With((ulong)i).Uniform))
            .OrderByDescending(answer => answer.Agrees).ThenBy(answer => answer.Luck);
        return new() { ["rationale"] = "Ranked by what I come to myself.", ["ranking"] = new JsonArray([.. order.Select(answer => (JsonNode)answer.letter)]) };
    }

    /// <summary>Now and then the neighbour of the place on the menu.</summary>
    private int Noisy(int place, int count, ulong item)
    {
        var luck = draw.For(Purpose.JudgeNoise).With(item);
        return luck.Uniform >= habits.Noise ? place : place == 0 ? Math.Min(1, count - 1) : place - 1;
    }

    private static List<string> Menu(JsonElement? shape) =>
        shape is { } menu && JsonText.Member(menu, "enum") is { } words && JsonText.AllOf(words) is { Count: > 0 } known ? [.. known] : [""];

    private static int TimesOf(string name) => name.Split(", ") is [_, var times] && int.TryParse(times.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1;
}
