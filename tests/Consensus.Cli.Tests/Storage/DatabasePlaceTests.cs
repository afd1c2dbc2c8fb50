using Consensus.Cli.Storage;

namespace Consensus.Cli.Tests.Storage;

public sealed class DatabasePlaceTests
{
    private const string Server = "Host=db;Database=runs;Username=u;Password=geheim";

    [Theory]
    [InlineData("data", "data", null)]
    [InlineData("/var/lib/consensus", "/var/lib/consensus", null)]
    [InlineData(Server, null, Server)]
    [InlineData("env:RUNS", null, Server)]
    public void AFolderAConnectionStringAndAVariableAreTold(string text, string? folder, string? server)
    {
        Assert.Equal(new DatabasePlace(folder, server), DatabasePlace.Read(text, Environment, out var fault));
        Assert.Null(fault);
    }

    [Fact]
    public void AFolderThatIsThereIsAFolderWhateverItsName()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-place-");
        try
        {
            var named = folder.CreateSubdirectory("Host=db;Database=runs").FullName;
            Assert.Equal(new DatabasePlace(named, null), DatabasePlace.Read(named, Environment, out _));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("", "is empty.")]
    [InlineData("env:NONE", "names the variable 'NONE', which the environment does not have.")]
    [InlineData("env:EMPTY", "names the variable 'EMPTY', which the environment does not have.")]
    [InlineData("env:WRONG", "is no connection string of PostgreSQL")]
    [InlineData("Host=db", "names a Host and a Database")]
    [InlineData("Host=db;Database=runs;Colour=red", "is no connection string of PostgreSQL")]
    public void WhatIsWrongIsSaid(string text, string expected)
    {
        Assert.Null(DatabasePlace.Read(text, Environment, out var fault));
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereADatabaseIsAskedForAFolderIsNone()
    {
        Assert.Null(DatabasePlace.ReadServer("data", Environment, out var fault));
        Assert.Contains("is no connection string of PostgreSQL", fault, StringComparison.Ordinal);
    }

    private static string? Environment(string name) => name switch { "RUNS" => Server, "EMPTY" => " ", "WRONG" => "nothing", _ => null };
}
