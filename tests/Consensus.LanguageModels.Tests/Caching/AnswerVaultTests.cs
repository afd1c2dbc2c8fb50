using System.Security.Cryptography;
using System.Text;
using Consensus.LanguageModels.Caching;
using FsCheck.Xunit;

namespace Consensus.LanguageModels.Tests.Caching;

public sealed class AnswerVaultTests
{
    private static readonly byte[] Secret = SHA256.HashData("a secret"u8);
    private static readonly AnswerVault Vault = new(Secret);

    [Property]
    public void WhatIsSealedOpensUnderItsNameAndNoOther(byte[] value, string name)
    {
        name ??= "";
        var kept = Vault.Seal(name, value);
        Assert.Equal(value, new AnswerVault(Secret).Open(name, kept));
        Assert.Null(Vault.Open(name + "x", kept));
        Assert.Null(new AnswerVault(SHA256.HashData("another secret"u8)).Open(name, kept));
    }

    [Property]
    public void AnyByteThatIsChangedOrMissingKeepsItShut(byte[] value, int at, byte by)
    {
        var kept = Vault.Seal("n", value);
        Assert.Null(Vault.Open("n", kept.AsSpan(0, (int)((uint)at % kept.Length))));
        kept[(int)((uint)at % kept.Length)] ^= (byte)(by | 1);
        Assert.Null(Vault.Open("n", kept));
    }

    [Fact]
    public void NothingOfTheValueIsSeenAndTheSameIsSealedOtherwiseEachTime()
    {
        var text = "The capital of France is Paris."u8;
        var kept = Vault.Seal("n", text);
        Assert.Equal(-1, kept.AsSpan().IndexOf("France"u8));
        Assert.NotEqual(kept, Vault.Seal("n", text));
    }

    [Fact]
    public void NamesTellNothingWithoutTheSecret()
    {
        Assert.Equal(64, Vault.Name("a"u8).Length);
        Assert.Equal(Vault.Name("a"u8), new AnswerVault(Secret).Name("a"u8));
        Assert.NotEqual(Vault.Name("a"u8), Convert.ToHexStringLower(SHA256.HashData("a"u8)));
        Assert.NotEqual(Vault.Name("a"u8), new AnswerVault(SHA256.HashData("another secret"u8)).Name("a"u8));
    }

    [Fact]
    public void AShortSecretIsRefused() => Assert.Throws<ArgumentException>(() => new AnswerVault(Encoding.UTF8.GetBytes(new string('x', 31))));
}
