using System.Runtime.InteropServices;
using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.Core.Schemas;

namespace Consensus.ApiService.Schemas;

/// <summary>
/// A JSON Schema (2020-12) of a caller, checked before use: every keyword is known, every pattern runs in linear time, every reference is local and none
/// goes in a circle without descending. So no schema can hang the service, reach the network or be half-ignored.
/// </summary>
internal sealed class AnswerSchema
{
    /// <summary>
    /// The steps that any answer may take, and those more for each of its bytes: an ordinary schema needs tens and visits each part of an answer a few times;
    /// nested alternatives can need exponentially many. So a body of answers bounds the work on all of them.
    /// </summary>
    private const int Steps = 10_000;
    private const int StepsPerByte = 2;

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
    public bool Accepts(JsonElement answer) => Accepts(answer, out _);

    /// <param name="answer">The answer.</param>
    /// <param name="isDecided">False when it took too many steps to tell.</param>
    public bool Accepts(JsonElement answer, out bool isDecided)
    {
        var accepted = new SchemaEvaluator(_schema, Steps + (StepsPerByte * JsonMarshal.GetRawUtf8Value(answer).Length)).Accepts(answer);
        isDecided = accepted is not null;
        return accepted ?? false;
    }
}
