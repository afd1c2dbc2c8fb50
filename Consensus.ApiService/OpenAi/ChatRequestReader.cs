using System.Buffers;
using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.OpenAi;

/// <summary>
/// Translates the body of a chat completion into one of <c>POST /v1/consensus</c>, which is then read by the same rules as any other. Only what that has no word for is checked here.
/// </summary>
internal static class ChatRequestReader
{
    private const string Extension = "consensus";
    private const string Answer = "answer";

    private static readonly string[] Used =
    [
        "model", "messages", "stream", "stream_options", "response_format", "temperature", "max_completion_tokens", "max_tokens", "seed", "metadata", "user", Extension,
        .. ChatRefusals.Members,
    ];

    /// <summary>The members of a request that OpenAI's own say by another name.</summary>
    private static readonly string[] SaidElsewhere = ["prompt", "messages", "temperature", "maxOutputTokens", "seed", "metadata"];

    private static readonly string[] Own = [.. ConsensusRequestReader.Members.Except(SaidElsewhere)];

    /// <param name="chat">The body, opened.</param>
    /// <param name="name">The model that is named.</param>
    /// <param name="model">What that asks for.</param>
    public static ChatAsked Read(ObjectReader chat, string name, NamedModel model)
    {
        ChatRefusals.Check(chat);
        var format = ResponseFormat.Read(chat);
        var own = chat.Any(Extension) is { } value ? ObjectReader.Open(value, Extension, chat.Violations, Own) : null;
        CheckOnce(own, model, format);
        var origins = new Origins();
        return new ChatAsked
        {
            Model = name,
            Body = Translate(chat, own, model, format, origins),
            Origins = origins,
            Schema = format?.Native,
            Streams = Flag(chat, "stream"),
            IncludesUsage = chat.Any("stream_options") is { } options && ObjectReader.OpenAny(options, "stream_options", chat.Violations) is { } opened && Flag(opened, "include_usage"),
            Ignored = [.. chat.Members.Select(m => m.Key).Where(m => !Used.Contains(m) || IsOutdone(m, chat))],
        };
    }

    private static JsonElement Translate(ObjectReader chat, ObjectReader? own, NamedModel model, ResponseFormat? format, Origins origins)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            ChatMessages.Write(json, chat, format?.Instruction, origins);
            WriteModel(json, model, origins);
            format?.WriteAnswer(json, origins);
            Copy(json, chat, "temperature", "temperature", origins);
            Copy(json, chat, chat.Has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens", "maxOutputTokens", origins);
            Copy(json, chat, "seed", "seed", origins);
            WriteMetadata(json, chat, origins);
            foreach (var (member, value) in own?.Members.Where(m => !IsSaid(m.Key, model, format)) ?? [])
            {
                json.WritePropertyName(member);
                json.WriteRawValue(value.GetRawText());
                origins.Add(member, $"{Extension}.{member}");
            }

            // The candidates are many times the answer: who wants them says so.
            if (own?.Has("include") != true)
            {
                json.WritePropertyName("include");
                json.WriteRawValue("""["clusters"]""");
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteModel(Utf8JsonWriter json, NamedModel model, Origins origins)
    {
        if (model.Strategy is { } strategy)
        {
            json.WriteString("strategy", strategy);
            origins.Add("strategy", "model");
        }

        if (model.Panel is { } panel)
        {
            json.WriteString("panel", panel);
            origins.Add("panel", "model");
        }

        if (model.Model is { } only)
        {
            json.WriteStartArray("models");
            json.WriteStringValue(only);
            json.WriteEndArray();
            origins.Add("models[0]", "model");
            origins.Add("models", "model");
        }
    }

    /// <summary>OpenAI's <c>user</c> is kept as metadata, where none is given.</summary>
    private static void WriteMetadata(Utf8JsonWriter json, ObjectReader chat, Origins origins)
    {
        if (chat.Has("metadata") || chat.Any("user") is not { } user)
        {
            Copy(json, chat, "metadata", "metadata", origins);
            return;
        }

        json.WriteStartObject("metadata");
        json.WritePropertyName("user");
        json.WriteRawValue(user.GetRawText());
        json.WriteEndObject();
        origins.Add("metadata[\"user\"]", "user");
    }

    /// <summary>What says the same twice: the model's name or the response format, and the extension.</summary>
    private static void CheckOnce(ObjectReader? own, NamedModel model, ResponseFormat? format)
    {
        if (own is null)
        {
            return;
        }

        foreach (var member in own.Members.Select(m => m.Key).Where(m => IsSaid(m, model, format)))
        {
            own.Contradiction(member, member == Answer ? "`response_format` says the kind of the answer already." : "The model's name says it already.");
        }
    }

    /// <summary>Whether the model's name or the response format says what a member of the extension would.</summary>
    private static bool IsSaid(string member, NamedModel model, ResponseFormat? format) => member switch
    {
        "strategy" => model.Strategy is not null,
        "panel" or "models" => (model.Panel ?? model.Model) is not null,
        Answer => format is not null,
        _ => false,
    };

    /// <summary>Whether a member is left aside for another that is there.</summary>
    private static bool IsOutdone(string member, ObjectReader chat) =>
        (member == "max_tokens" && chat.Has("max_completion_tokens")) || (member == "user" && chat.Has("metadata"));

    private static void Copy(Utf8JsonWriter json, ObjectReader chat, string written, string translated, Origins origins)
    {
        if (chat.Any(written) is { } value)
        {
            json.WritePropertyName(translated);
            json.WriteRawValue(value.GetRawText());
            origins.Add(translated, written);
        }
    }

    private static bool Flag(ObjectReader reader, string name)
    {
        if (reader.Any(name) is not { } value)
        {
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            reader.Violations.Add(reader.Field(name), FieldCodes.InvalidType, $"{Shown.Value(value)} is neither true nor false.", Allowed.Words("true or false"));
            return false;
        }

        return value.GetBoolean();
    }
}
