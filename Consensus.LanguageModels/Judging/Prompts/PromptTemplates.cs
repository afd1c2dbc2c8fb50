namespace Consensus.LanguageModels.Judging.Prompts;

/// <summary>The prompts that this assembly carries as files.</summary>
public static class PromptTemplates
{
    private static readonly PromptTemplate[] Files = [.. ShippedFiles.Of("prompts").Select(file => new PromptTemplate(file.Name, file.Version, file.Text))];

    /// <summary>All prompts, by name and version.</summary>
    public static IReadOnlyList<PromptTemplate> All => Files;

    /// <summary>The newest version of a prompt, or the one named as in <c>pointwise@1</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such prompt.</exception>
    public static PromptTemplate Get(string name) =>
        Array.FindLast(Files, prompt => prompt.Name == name || prompt.Id == name) ?? throw new KeyNotFoundException($"There is no prompt '{name}'.");
}
