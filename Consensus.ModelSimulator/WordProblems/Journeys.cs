using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>Speed, distance and time.</summary>
internal static partial class Journeys
{
    private const string Distances = "mile|km|kilometer|kilometre|meter|metre";

    public static Solution? Solve(Story story)
    {
        if (story.Count != 2 || story.Sentences.Count > 3)
        {
            return null;
        }

        var speed = Find(story, SpeedAfter());
        var time = story.Quantities.FirstOrDefault(q => q.Noun is "hour" or "minute");
        var distance = story.Quantities.FirstOrDefault(q => Distances.Split('|').Contains(q.Noun) && q != speed);
        if (speed is not null && time is not null && story.Has(AsksDistance()))
        {
            return InHours(time) is var hours && time.Noun == "hour"
                ? new(speed.Value * hours, $"{speed.Value} * {hours}")
                : new(speed.Value * hours, $"{speed.Value} * {time.Value} / 60");
        }

        if (speed is not null && distance is not null && story.Has(AsksTime()))
        {
            var minutes = story.Question.Contains("minute", StringComparison.Ordinal);
            return new(distance.Value / speed.Value * (minutes ? 60 : 1), $"{distance.Value} / {speed.Value}" + (minutes ? " * 60" : ""));
        }

        return distance is not null && time is { Noun: "hour" } && speed is null && story.Has(AsksSpeed())
            ? new(distance.Value / time.Value, $"{distance.Value} / {time.Value}")
            : null;
    }

    private static Quantity? Find(Story story, Regex after) =>
        story.Quantities.FirstOrDefault(q => after.Match(story.Text, q.Index) is { Success: true } match && match.Index == q.Index);

    private static Rational InHours(Quantity time) => time.Noun == "hour" ? time.Value : time.Value / 60;

    [GeneratedRegex(@"\d[\d.]* (?:miles?|km|kilomet(?:er|re)s?) (?:per|an|each|every|in an|in 1) ?hour", RegexOptions.CultureInvariant)]
    private static partial Regex SpeedAfter();

    [GeneratedRegex(@"\bhow far\b|\bdistance\b|\bhow many (?:miles|kilomet(?:er|re)s|km)\b", RegexOptions.CultureInvariant)]
    private static partial Regex AsksDistance();

    [GeneratedRegex(@"\bhow long\b|\bhow many (?:hours|minutes)\b|\bhow much time\b", RegexOptions.CultureInvariant)]
    private static partial Regex AsksTime();

    [GeneratedRegex(@"\b(?:average |what )?speed\b|\bhow fast\b|\bhow many (?:miles|kilomet(?:er|re)s|km) per hour\b", RegexOptions.CultureInvariant)]
    private static partial Regex AsksSpeed();
}
