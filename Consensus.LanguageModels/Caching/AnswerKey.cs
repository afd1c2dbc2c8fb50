using System.Runtime.InteropServices;
using System.Text;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;

namespace Consensus.LanguageModels.Caching;

/// <summary>
/// Everything that decides an answer, in one spelling: each part with its length, so that no two lists of parts are spelled alike. The name of an entry is made from
/// it; it is never kept itself.
/// </summary>
internal static class AnswerKey
{
    // Another spelling takes another number: an older entry is then simply not found.
    private const byte Spelling = 1;

    /// <param name="call">The call; its time limit decides no answer.</param>
    /// <param name="model">Its model.</param>
    /// <param name="endpoint">Where the model is served.</param>
    /// <param name="shared">Whether the owner does not count.</param>
    public static byte[] Of(ModelCall call, ModelEntry model, Uri endpoint, bool shared)
    {
        using var bytes = new MemoryStream();
        using (var parts = new BinaryWriter(bytes, Encoding.UTF8))
        {
            parts.Write(Spelling);
            parts.Write(shared);
            Write(parts, shared ? null : call.Cache?.Owner);
            parts.Write(call.Cache?.Sample ?? 0);
            Write(parts, model.Id);
            Write(parts, model.ProviderKind);
            Write(parts, model.Name);
            Write(parts, endpoint.AbsoluteUri);
            parts.Write((int)model.StructuredOutput);
            parts.Write(call.Temperature.HasValue);
            parts.Write(call.Temperature ?? 0);
            parts.Write(call.Seed.HasValue);
            parts.Write(call.Seed ?? 0);
            parts.Write(CallPrice.Cap(call));
            Write(parts, call.Schema?.Name);
            Write(parts, call.Schema?.Schema.GetRawText());
            parts.Write(call.Schema?.Strict ?? false);
            parts.Write(call.Messages.Count);
            foreach (var message in call.Messages)
            {
                Write(parts, message.Role.Value);
                Write(parts, message.Text);
            }
        }

        return bytes.ToArray();
    }

    // As it is in memory: UTF-8 would spell every broken surrogate alike.
    private static void Write(BinaryWriter parts, string? text)
    {
        parts.Write(text?.Length ?? -1);
        parts.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }
}
