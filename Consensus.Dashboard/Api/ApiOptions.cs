namespace Consensus.Dashboard.Api;

/// <summary>How the dashboard presents itself to the API.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>A key with the scopes <c>run</c> and <c>read</c>. Without one the API must allow requests without a key.</summary>
    public string? Key { get; set; }
}
