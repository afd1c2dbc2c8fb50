using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Storage.Tests.Making;

namespace Consensus.Storage.Tests.Provenance;

/// <summary>What stands for a request, made here by other means.</summary>
public sealed class RequestHashTests
{
    private const string Answers = """[{"family":"a","model":"a","text":"42"},{"error":"timeout","family":"b","model":"b"}]""";

    private const string Request =
        """{"answer":{"kind":"number","tolerance":0.5},"earlyStop":"off","models":["a","b"],"prompt":"How many?","samplesPerModel":1}""";

    private const string Canonical = $$$"""{"answers":{{{Answers}}},"kind":"aggregate","request":{{{Request}}},"strategy":"majority"}""";

    private static readonly ConsensusResponse Run = Make.Run() with
    {
        Kind = RunKind.Aggregate,
        Strategy = "majority",
        Request = new StoredRequest
        {
            Prompt = "How many?", Models = ["a", "b"], Tags = ["tagged"], Answer = new AnswerRequest { Kind = AnswerKindName.Number, Tolerance = 0.50 },
            Metadata = new Dictionary<string, string> { ["whose"] = "mine" },
        },
        Candidates =
        [
            new CandidateBody { Id = 0, Model = "a", Family = "a", Status = CandidateStatus.Answered, Text = "42" },
            new CandidateBody { Id = 1, Model = "b", Family = "b", Status = CandidateStatus.Failed, Error = new CandidateErrorBody(FailureReason.Timeout, "Late.") },
        ],
    };

    [Fact]
    public async Task ItIsAKeyedHashOfTheCanonicalRequest()
    {
        await using var log = new TemporaryLog();
        var hash = log.Log.HashRequest(Run)!;

        var secret = Convert.FromBase64String(await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(log.File)!, "audit.key"), TestContext.Current.CancellationToken));
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, salt: [], info: Encoding.ASCII.GetBytes("consensus audit requests"));
        var expected = HMACSHA256.HashData(key, SHA256.HashData(Encoding.UTF8.GetBytes(Canonical)));
        Assert.Equal(("hmac-sha256", Convert.ToHexStringLower(expected)), (hash.Algorithm, hash.Value));
    }

    [Fact]
    public async Task ItHoldsForTheStoredRunUntilThatIsChangedOrTheKeyIsGone()
    {
        await using var log = new TemporaryLog();
        var traced = Run with { Provenance = Lineage(log.Log.HashRequest(Run)) };
        await log.SaveAsync(traced);
        var stored = (await log.FindAsync(Run.RunId))!;
        Assert.True(log.Log.HoldsRequest(stored));
        Assert.False(log.Log.HoldsRequest(stored with { Request = stored.Request! with { Quorum = 0.6 } }));
        Assert.Null(log.Log.HoldsRequest(stored with { Provenance = null }));
        Assert.Null(log.Log.HoldsRequest(stored with { Provenance = Lineage(stored.Provenance!.Request! with { Key = "0000000000000000" }) }));
    }

    [Theory]
    [InlineData("""{"type":"object","type":"array"}""")]
    [InlineData("""{"maximum":1e999}""")]
    public async Task WhatHasNoCanonicalFormHasNoHash(string schema)
    {
        await using var log = new TemporaryLog();
        var request = Run.Request! with { Answer = new AnswerRequest { Kind = AnswerKindName.Json, Schema = JsonElement.Parse(schema) } };
        Assert.Null(log.Log.HashRequest(Run with { Request = request }));
        Assert.Null(log.Log.HashRequest(Run with { Request = null }));
    }

    private static RunLineage Lineage(RequestHash? hash) => new()
    {
        SchemaVersion = RunLineage.CurrentSchemaVersion,
        Request = hash,
        Parameters = new LineageParameters { Similarity = "lexical" },
        Versions = new LineageVersions { Code = "0.1.0" },
    };
}
