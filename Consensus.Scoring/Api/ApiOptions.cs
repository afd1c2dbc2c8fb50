namespace Consensus.Scoring.Api;

/// <summary>How the worker presents itself to the API.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>A key with the scope <c>worker</c>. Without one the API must allow requests without a key.</summary>
    public string? Key { get; set; }
}
