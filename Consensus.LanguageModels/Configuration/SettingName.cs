namespace Consensus.LanguageModels.Configuration;

/// <summary>The names that configuration gives to providers and panels.</summary>
internal static class SettingName
{
    public const string Rule = "a name has 1 to 64 letters, digits, '.', '_' or '-' and begins with a letter or digit.";

    public static bool IsGood(string name) =>
        name.Length is >= 1 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
