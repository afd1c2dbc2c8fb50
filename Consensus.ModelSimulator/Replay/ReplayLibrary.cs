using Consensus.Contracts.Suites;
using Consensus.ModelSimulator.Hosting;
using Microsoft.Extensions.Options;

namespace Consensus.ModelSimulator.Replay;

/// <summary>The recorded answers of the configured suites, found by the question's text.</summary>
internal sealed class ReplayLibrary
{
    private readonly Dictionary<string, RecordedQuestions> byModel = new(StringComparer.Ordinal);

    public ReplayLibrary(IOptions<SimulatorOptions> options)
    {
        foreach (var item in options.Value.Suites.SelectMany(SuiteFile.Read))
        {
            var question = new RecordedQuestion(item);
            foreach (var response in item.Responses)
            {
                if (!byModel.TryGetValue(response.Model, out var questions))
                {
                    byModel[response.Model] = questions = new();
                }

                questions.Add(question, response.Text);
            }
        }

        Models = [.. byModel.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The models with recorded answers.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>What the model wrote to the question that the message is or holds; <c>null</c> when none is known.</summary>
    public string? Find(string model, string message) => byModel.GetValueOrDefault(model)?.Find(message);
}
