namespace Consensus.ServiceDefaults.Api;

/// <summary>How a service presents itself to the API: the section <c>Api</c>.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>A key with the scopes that the service needs. Without one the API must allow requests without a key.</summary>
    public string? Key { get; set; }
}
