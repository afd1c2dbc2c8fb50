using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Replay;
using Consensus.ModelSimulator.Wording;

namespace Consensus.ModelSimulator.Chat;

/// <summary>Makes a model's reply. The same model, conversation and seed always give the same.</summary>
internal sealed class Composer(Competence competence, ReplayLibrary replay)
{
    public Reply Compose(ModelProfile model, Conversation conversation, long seed)
    {
        if (model.Kind == ModelKind.Replay)
        {
            return new(replay.Find(model.Id, conversation.Question) ?? Statements.NotRecorded(model));
        }

        var draw = competence.Draw(model, conversation, seed);
        if (Solver.Solve(conversation.Question) is not { } problem)
        {
            return new(Statements.CannotKnow(model, draw));
        }

        return new(Styles.Write(model.Style, problem, competence.Answer(model, conversation, problem, draw)));
    }
}
