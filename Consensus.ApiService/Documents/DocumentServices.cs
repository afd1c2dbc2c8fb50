namespace Consensus.ApiService.Documents;

/// <summary>Registers the file of a document and what watches it.</summary>
internal static class DocumentServices
{
    /// <param name="services">The services.</param>
    /// <param name="setting">The setting that names the file; also the key of its <see cref="DocumentFile"/>.</param>
    /// <param name="what">What the document is.</param>
    /// <param name="mostBytes">The most bytes of the file.</param>
    /// <param name="path">The file, absolute or from the content root; <c>null</c> for none.</param>
    /// <param name="every">How often it is looked at.</param>
    /// <param name="take">Takes what it says.</param>
    public static void AddDocumentFile(
        this IServiceCollection services,
        string setting,
        string what,
        int mostBytes,
        Func<IServiceProvider, string?> path,
        Func<IServiceProvider, TimeSpan> every,
        Func<IServiceProvider, Func<FileLook, Task>> take)
    {
        services.AddKeyedSingleton(setting, (provider, _) => new DocumentFile(
            what,
            path(provider) is { Length: > 0 } file ? Path.Combine(provider.GetRequiredService<IHostEnvironment>().ContentRootPath, file) : null,
            mostBytes,
            provider.GetRequiredService<ILogger<DocumentFile>>()));
        // Not AddHostedService: it would take the watches of two documents for one.
        services.AddSingleton<IHostedService>(provider => new DocumentWatch(
            provider.GetRequiredKeyedService<DocumentFile>(setting), every(provider), take(provider), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DocumentWatch>>()));
    }

    /// <summary>Brings a document in force before anything is served.</summary>
    /// <param name="services">The services.</param>
    /// <param name="what">What the document is.</param>
    /// <param name="meanwhile">What is in force until the store can be read.</param>
    /// <param name="isLoaded">Whether what is in force is what the store says.</param>
    /// <param name="load">Brings it in force, told whether this is the start.</param>
    public static void AddDocumentStart(
        this IServiceCollection services, string what, string meanwhile, Func<IServiceProvider, bool> isLoaded, Func<IServiceProvider, bool, Task> load) =>
        services.AddSingleton<IHostedService>(provider => new DocumentStart(
            what, meanwhile, () => isLoaded(provider), isStart => load(provider, isStart), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DocumentStart>>()));
}
