namespace Consensus.AppHost.Services;

/// <summary>The keys with which the services of one system know each other.</summary>
internal static class ApiKeys
{
    /// <summary>Adds a key that is generated once and kept with the user's secrets.</summary>
    public static IResourceBuilder<ParameterResource> AddKey(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

    /// <summary>Lets the API know a key; it keeps a hash of it only.</summary>
    public static IResourceBuilder<ProjectResource> WithKey(
        this IResourceBuilder<ProjectResource> api,
        string holder,
        IResourceBuilder<ParameterResource> key,
        params string[] scopes)
    {
        api.WithEnvironment($"Auth__Keys__{holder}__Key", key);
        for (var index = 0; index < scopes.Length; index++)
        {
            api.WithEnvironment($"Auth__Keys__{holder}__Scopes__{index}", scopes[index]);
        }

        return api;
    }
}
