using System.Text.Encodings.Web;
using System.Text.Json;
using Consensus.Contracts.Json;

namespace Consensus.ApiService.Http;

/// <summary>The JSON this service writes: that of the contracts, with text of any script readable as it is. It is never put inside HTML.</summary>
internal static class WireJson
{
    public static ConsensusJson Default { get; } =
        new(new JsonSerializerOptions(ConsensusJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
