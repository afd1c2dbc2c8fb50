using Microsoft.Extensions.Options;

namespace Consensus.LanguageModels.Configuration;

/// <summary>The sections <c>Providers</c> and <c>Panels</c>, with every error found in them.</summary>
internal sealed class LanguageModelSettings
{
    public IReadOnlyList<ProviderSettings> Providers { get; set; } = [];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Panels { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Prompts and answers go into spans. Nothing else switches that on, no environment variable of a convention either.</summary>
    public bool CaptureContent { get; set; }

    /// <summary>Providers may be at link-local addresses, where clouds have their metadata services.</summary>
    public bool AllowLinkLocal { get; set; }

    public IReadOnlyList<string> Errors { get; set; } = [];
}

/// <summary>Ends the start with all errors at once.</summary>
internal sealed class LanguageModelSettingsValidation : IValidateOptions<LanguageModelSettings>
{
    public ValidateOptionsResult Validate(string? name, LanguageModelSettings options) =>
        options.Errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(options.Errors);
}
