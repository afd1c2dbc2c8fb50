using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Json;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Serving;

namespace Consensus.ModelSimulator.Chat;

internal static class ChatApi
{
    public static void MapChat(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/chat/completions", PostAsync);

    private static async Task PostAsync(HttpContext http, ModelRegistry models, FaultBoard board, Competence competence, ChatServer server, Responder responder)
    {
        if (await http.ReadBodyAsync(SimulatorJson.Default.ChatRequest) is not { } request)
        {
            return;
        }

        if (Check(request, models, out var model, out var conversation) is { } error)
        {
            await http.WriteErrorAsync(error);
            return;
        }

        var fault = board.Choose(http.Request.Headers[FaultHeader.Name], model!, competence.Draw(model!, conversation!), out var problem);
        if (problem is not null)
        {
            await http.WriteErrorAsync(ApiError.Invalid(problem, FaultHeader.Name));
            return;
        }

        await responder.ServeAsync(http, server.Answer(new(request, model!, conversation!)), fault);
    }

    private static ApiError? Check(ChatRequest request, ModelRegistry models, out ModelProfile? model, out Conversation? conversation)
    {
        (model, conversation) = (null, null);
        if (ChatValidation.Check(request) is { } error)
        {
            return error;
        }

        model = models.Find(request.Model!);
        if (model is null or { Kind: ModelKind.Embedding })
        {
            return model is null
                ? ApiError.UnknownModel(request.Model)
                : ApiError.Invalid($"The model '{model.Id}' embeds texts; it does not chat.", "model", "unsupported_model");
        }

        conversation = Conversation.Read(request, out var unreadable);
        return unreadable;
    }
}
