using System.Text.Json;
using Consensus.ApiService.Reading;

namespace Consensus.ApiService.Schemas;

/// <summary>
/// A JSON Schema (2020-12) of a caller, checked before use: every keyword is known, every pattern runs in linear time, every reference is local and none
/// goes in a circle without descending. So no schema can hang the service, reach the network or be half-ignored.
/// </summary>
internal sealed class AnswerSchema
{
    /// <summary>The steps one answer may take: an ordinary schema needs tens; nested alternatives can need exponentially many.</summary>
    private const int Steps = 100_000;

    private readonly SchemaDocument _schema;

    private AnswerSchema(SchemaDocument schema) => _schema = schema;

    /// <summary>The schema itself, for the record.</summary>
    public JsonElement Document => _schema.Root;

    /// <returns>The schema, or <c>null</c> when <paramref name="violations"/> says what is wrong with it.</returns>
    public static AnswerSchema? Read(JsonElement schema, string field, Violations violations)
    {
        var before = violations.Count;
        var document = new SchemaDocument(schema.Clone());
        new SchemaChecker(document, violations).Check(field);
        return violations.Count == before ? new AnswerSchema(document) : null;
    }

    /// <summary>Whether an answer satisfies the schema; one that takes too many steps to tell does not.</summary>
    public bool Accepts(JsonElement answer) => new SchemaEvaluator(_schema, Steps).Accepts(answer) ?? false;
}
