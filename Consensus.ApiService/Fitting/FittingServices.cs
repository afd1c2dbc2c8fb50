using Consensus.ApiService.Fitting.Refitting;
using Consensus.ApiService.Hosting;
using Consensus.Contracts;
using Consensus.Storage.Fitting;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Fitting;

/// <summary>Registers the fitted document in force.</summary>
internal static class FittingServices
{
    /// <summary>The setting that names a fitted document to begin with, absolute or from the content root. One that is stored goes before it.</summary>
    public const string FileSetting = "Fitting:File";

    /// <exception cref="StartRefusedException">The file cannot be read or is refused, or a setting is out of its range; the message says why.</exception>
    public static void AddFitting(this WebApplicationBuilder builder)
    {
        var seed = builder.Configuration[FileSetting] is { Length: > 0 } file ? Read(Path.Combine(builder.Environment.ContentRootPath, file)) : null;
        builder.Services.AddSingleton(new FittedHolder { Current = seed });
        builder.Services.AddSingleton<FittedRegister>();
        builder.Services.AddHostedService<FittedStart>();
        builder.AddRefitting();
    }

    private static void AddRefitting(this WebApplicationBuilder builder)
    {
        var options = new RefitOptions();
        try
        {
            builder.Configuration.GetSection(RefitOptions.Section).Bind(options);
        }
        catch (InvalidOperationException fault)
        {
            throw new StartRefusedException($"{fault.Message} {fault.InnerException?.Message}".TrimEnd());
        }

        List<string> violations = [.. options.Violations()];
        if (options.Enabled && !builder.Configuration.GetValue("RunLog:Enabled", defaultValue: true))
        {
            violations.Add($"{RefitOptions.Section}:Enabled is true, but RunLog:Enabled is false: without a run log there are no labels.");
        }

        if (violations.Count > 0)
        {
            throw new StartRefusedException(string.Join(" ", violations));
        }

        builder.Services.AddSingleton(Options.Create(options));
        builder.Services.AddSingleton<Refitter>();
        builder.Services.AddHostedService<RefitSchedule>();
    }

    private static FittedState Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Limits.FittedBytes })
            {
                throw new StartRefusedException($"{FileSetting}: {path} has more than {Limits.FittedBytes} bytes.");
            }

            var reading = FittedReader.Read(File.ReadAllText(path));
            return reading.State ?? throw new StartRefusedException(
                $"{FileSetting}: {path} is refused. {string.Join(" ", reading.Errors.Select(e => $"{e.Field}: {e.Message}"))}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{FileSetting}: {path} cannot be read. {fault.Message}");
        }
    }
}
