using Microsoft.Data.Sqlite;

namespace Consensus.ApiService.Tests.Fitting;

/// <summary>A folder that outlives a service.</summary>
internal sealed class StorageFolders : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-fitted-");

    public string Path => _folder.FullName;

    public Dictionary<string, string> Settings => new() { ["Storage:Folder"] = Path };

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    public List<string> Versions()
    {
        using var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(Path, "runs.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT version FROM fitted_documents ORDER BY seq";
        using var reader = command.ExecuteReader();
        var versions = new List<string>();
        while (reader.Read())
        {
            versions.Add(reader.GetString(0));
        }

        return versions;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
