using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Judging;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Questions;
using Consensus.ModelSimulator.Randomness;
using Consensus.ModelSimulator.Replay;
using Consensus.ModelSimulator.Wording;

namespace Consensus.ModelSimulator.Chat;

/// <summary>Makes a model's reply. The same model, conversation and seed always give the same.</summary>
internal sealed class Composer(Competence competence, JudgeComposer judges, ReplayLibrary replay)
{
    public Reply Compose(ModelProfile model, Conversation conversation, long seed, FaultKind? fault = null)
    {
        if (model.Kind == ModelKind.Replay)
        {
            return new(replay.Find(model.Id, conversation.Question) ?? Statements.NotRecorded(model));
        }

        if (conversation.Fenced is { } fenced && judges.Compose(model, fenced, conversation, seed, fault) is { } judged)
        {
            return judged;
        }

        // The wording of a statement is drawn by the question alone, so that models that are asked the same differ for sure.
        var wording = competence.Question(conversation).With(unchecked((ulong)seed));
        if (IdentityQuestion.Asks(conversation.Question))
        {
            return Stated(Statements.WhoAmI(model, wording), conversation);
        }

        if (conversation.Problem is not { } problem)
        {
            return Stated(Statements.CannotKnow(model, wording), conversation);
        }

        var draw = competence.Draw(model, conversation, seed);
        var answer = competence.Answer(model, conversation, problem, draw);
        if (conversation.Json is not { } json)
        {
            // What is cited is said as it stands: a style would put words around it that no passage has.
            return new(problem.Category == Categories.Reading ? answer.Text : Styles.Write(model.Style, problem, answer));
        }

        var confidence = 0.5 + (draw.For(Purpose.Confidence).Uniform / 2);
        return JsonAnswer.Write(json.Schema, json.Keys, answer, Styles.Working(problem, answer), confidence) is { } written
            ? new(written)
            : Reply.Refused($"The requested JSON schema has no place for an answer of this kind. (Said by {model.Id}, a simulation.)");
    }

    private static Reply Stated(string statement, Conversation conversation) =>
        conversation.Json is not { } json ? new(statement)
        : JsonAnswer.Write(json.Schema, json.Keys, answer: null, statement, confidence: 0) is { } written ? new(written)
        : new(null, statement);
}
