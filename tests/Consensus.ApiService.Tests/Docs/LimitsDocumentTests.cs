using System.Globalization;
using Consensus.ApiService.Admission;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Docs;

public sealed class LimitsDocumentTests
{
    [Fact]
    public void ThePageListsEverySettingWithItsDefault()
    {
        var defaults = new AdmissionOptions();
        var expected = typeof(AdmissionOptions).GetProperties().Select(p => $"Limits:{p.Name} = {Convert.ToString(p.GetValue(defaults) ?? "none", CultureInfo.InvariantCulture)!.ToLowerInvariant()}");
        var listed = Repository.Read("docs/limits.md").Split("## Settings")[1].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => $"{cells[1].Trim('`')} = {cells[2]}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }
}
