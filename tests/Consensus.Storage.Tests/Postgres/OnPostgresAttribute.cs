using Xunit.v3;

namespace Consensus.Storage.Tests.Postgres;

/// <summary>The logs that the tests of a class make are databases of PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class OnPostgresAttribute : Attribute
{
    /// <summary>Whether the running test is one of such a class.</summary>
    public static bool IsOn => TestContext.Current.TestClass is IXunitTestClass { Class: { } type } && type.IsDefined(typeof(OnPostgresAttribute), inherit: false);
}
