namespace Consensus.ApiService.Documentation;

/// <summary>Media types of bodies.</summary>
internal static class Media
{
    public const string Json = "application/json";
}
