using System.Net;
using System.Text.Json;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;
using Consensus.Core.Numerics;

namespace Consensus.ApiService.Tests.Fitting;

/// <summary>Runs of models m0, m1 … whose skill is known, each labelled afterwards as a user would.</summary>
internal static class LabelledUse
{
    private const int WrongAnswers = 3;

    /// <summary>One model that is nearly always right among some that mostly are not.</summary>
    public static readonly double[] Uneven = [0.9, 0.4, 0.4, 0.4, 0.4];

    /// <summary>The label of a run, given the right answer and whether the run's leader is right.</summary>
    public static string Gold(string gold, bool? right) => $$"""{"gold":"{{gold}}"}""";

    /// <summary>Users who only say whether the answer is right; where there is none they say the right one.</summary>
    public static string RightOrWrong(string gold, bool? right) => right is { } known ? $$"""{"right":{{(known ? "true" : "false")}}}""" : Gold(gold, right);

    public static async Task UseAsync(this ApiApp app, int runs, double[] skill, ulong seed, Func<string, bool?, string> label)
    {
        var random = new SeededRandom(seed);
        for (var i = 0; i < runs; i++)
        {
            var right = 100 + random.Next(800);
            string[] texts = [.. skill.Select(s => $"{(random.NextDouble() < s ? right : right + 1 + random.Next(WrongAnswers))}")];
            var run = await (await app.PostAsync("/v1/consensus/aggregate", FittedDocuments.Answers(texts))).RunAsync();
            bool? said = run.Answer is { } answer ? answer.Text == $"{right}" : null;
            using var labelled = await app.PostAsync($"/v1/runs/{run.RunId}/label", label($"{right}", said));
            Assert.Equal(HttpStatusCode.OK, labelled.StatusCode);
        }
    }

    public static async Task<RefitReceipt> RefitAsync(this ApiApp app)
    {
        using var response = await app.Http.PostAsync("/v1/calibration/refit", null);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize(text, ConsensusJson.Default.RefitReceipt)!;
    }
}
