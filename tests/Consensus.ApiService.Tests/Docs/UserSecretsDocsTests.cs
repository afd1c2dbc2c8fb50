using System.Text.RegularExpressions;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Docs;

public sealed partial class UserSecretsDocsTests
{
    [Fact]
    public void A_project_whose_user_secrets_the_documents_set_has_user_secrets()
    {
        var projects = Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Append(Path.Combine(Repository.Root, "README.md"))
            .SelectMany(page => Command.Matches(File.ReadAllText(page)).Select(found => found.Groups["project"].Value))
            .Distinct()
            .ToArray();

        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Contains("<UserSecretsId>", Repository.Read($"{project}/{project}.csproj"), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"dotnet user-secrets\b[^\n`]*--project (?<project>Consensus\.\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Command { get; }
}
