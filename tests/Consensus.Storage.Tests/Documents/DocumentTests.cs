using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Tests.Making;
using Consensus.Testing;

namespace Consensus.Storage.Tests.Documents;

public sealed class DocumentTests : IAsyncLifetime
{
    private readonly TemporaryLog _log = new();

    public async ValueTask InitializeAsync() => await _log.Log.ProbeAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public void EveryColumnOfEveryTableIsClassified()
    {
        var inDatabase = Schema().SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}"));
        var classified = StoredFields.Tables.SelectMany(table => table.Fields.Select(field => $"{table.Table}.{field.Column}"));

        Assert.Equal(inDatabase.Order(), classified.Order());
    }

    [Fact]
    public void TheSchemaPageIsThatOfTheMigratedDatabase() => Repository.Check("docs/schema.md", SchemaDocument.Write(Schema()));

    [Fact]
    public void ThePrivacyPageListsEveryStoredFieldWithWhatEachLevelDoesToIt() =>
        Repository.Check("docs/privacy.md", PrivacyDocument.Rewrite(Repository.Read("docs/privacy.md")));

    private IReadOnlyList<SchemaTable> Schema()
    {
        using var connection = _log.Connect();
        return SchemaTable.ReadAll(connection);
    }
}
