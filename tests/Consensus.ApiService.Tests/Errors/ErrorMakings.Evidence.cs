using System.Net;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;
using LiteDB;

namespace Consensus.ApiService.Tests.Errors;

public sealed partial class ErrorMakings
{
    private const string Collections = "/v1/collections";

    private async Task<HttpResponseMessage> NoDocumentAsync()
    {
        using var made = await shared.App.PostAsync(Collections, """{"name":"Empty"}""");
        return await shared.App.Http.GetAsync($"{made.Headers.Location}/documents/01900000-0000-7000-8000-000000000000");
    }

    private static async Task<HttpResponseMessage> TooManyCollectionsAsync()
    {
        await using var app = await ApiApp.StartAsync();
        for (var i = 0; i < Limits.CollectionsPerKey; i++)
        {
            using var made = await app.PostAsync(Collections, """{"name":"One of many"}""");
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }

        return await app.PostAsync(Collections, """{"name":"One too many"}""");
    }

    private static async Task<HttpResponseMessage> WithoutEvidenceAsync()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Evidence:Enabled"] = "false" });
        return await app.Http.GetAsync(Collections);
    }

    /// <summary>A file that a later version of the service has written.</summary>
    private static async Task<HttpResponseMessage> OfALaterVersionAsync()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-later-").FullName;
        try
        {
            var file = new ConnectionString { Filename = Path.Combine(folder, "evidence.db"), Collation = Collation.Binary };
            using (var database = new LiteDatabase(file))
            {
                database.GetCollection("collections").Insert(new BsonDocument { ["_id"] = "0190000000007000800000000000000c", ["keys"] = new BsonDocument(), ["schemaVersion"] = 99 });
            }

            await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Storage:Folder"] = folder });
            return await app.Http.GetAsync($"{Collections}/01900000-0000-7000-8000-00000000000c");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
