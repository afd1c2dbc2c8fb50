using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Core.Answers;
using Consensus.Core.Fitting;
using Consensus.Core.Learning;
using Consensus.Storage.Fitting;

namespace Consensus.ApiService.Tests.Fitting;

/// <summary>Documents fitted by the product's own code to votes that follow a rule.</summary>
internal static class FittedDocuments
{
    public static readonly DateTimeOffset FittedAt = new(2026, 3, 1, 12, 30, 0, TimeSpan.Zero);

    /// <summary>Of the models m0, m1 and m2, which are right on 9, 7 and 5 of 10 questions.</summary>
    public static FittedState Of(AnswerKind kind = AnswerKind.Number, int questions = 120) =>
        FittedWriter.State([new FittedPanel(PanelFitter.Fit(Questions(questions), kind, 1), new string('a', 64))], FittedAt);

    public static string Text(FittedState state) => FittedWriter.Write(state.Panels, state.FittedAt);

    /// <summary>Answers of m0, m1 and m2, all numbers.</summary>
    public static JsonObject Answers(params string[] texts) => Hosting.Answers.Aggregate(texts);

    public static Task<HttpResponseMessage> PutCalibrationAsync(this ApiApp app, string document, HttpClient? client = null) =>
        (client ?? app.Http).PutAsync("/v1/calibration", new StringContent(document, Encoding.UTF8, new MediaTypeHeaderValue("application/json")));

    private static LabelledVotes[] Questions(int count) => [.. Enumerable.Range(0, count).Select(static i => new LabelledVotes(
        new PanelVotes
        {
            Votes = [Vote("m0", i % 10 < 9), Vote("m1", i * 3 % 10 < 7), Vote("m2", i * 7 % 10 < 5)],
            ClusterCount = 2,
        },
        0))];

    private static ModelVote Vote(string model, bool right) => new(model, right ? 0 : 1, 10);
}
