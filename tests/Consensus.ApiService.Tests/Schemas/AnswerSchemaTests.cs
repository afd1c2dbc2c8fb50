using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Schemas;

namespace Consensus.ApiService.Tests.Schemas;

public sealed class AnswerSchemaTests
{
    [Theory]
    [InlineData("""{}""", "null", true)]
    [InlineData("""{"type":"integer"}""", "3.0", true)]
    [InlineData("""{"type":"integer"}""", "3.5", false)]
    [InlineData("""{"type":["string","null"]}""", "null", true)]
    [InlineData("""{"type":["string","null"]}""", "1", false)]
    [InlineData("""{"enum":[1,"a",{"b":[2]}]}""", """{"b":[2]}""", true)]
    [InlineData("""{"enum":[1,"a"]}""", "1.0", true)]
    [InlineData("""{"enum":[1,"a"]}""", "2", false)]
    [InlineData("""{"const":{"a":1,"b":2}}""", """{"b":2,"a":1}""", true)]
    [InlineData("""{"minimum":1,"exclusiveMaximum":3}""", "1", true)]
    [InlineData("""{"minimum":1,"exclusiveMaximum":3}""", "3", false)]
    [InlineData("""{"minimum":1}""", "\"0\"", true)]
    [InlineData("""{"multipleOf":0.01}""", "19.99", true)]
    [InlineData("""{"multipleOf":0.01}""", "19.999", false)]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"😀é\"", true)]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"abc\"", true)]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"a1\"", false)]
    [InlineData("""{"items":{"type":"number"},"minItems":1,"uniqueItems":true}""", "[1,2]", true)]
    [InlineData("""{"items":{"type":"number"},"minItems":1,"uniqueItems":true}""", "[1,1.0]", false)]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}""", """["a",1,2]""", true)]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}""", """["a","b"]""", false)]
    [InlineData("""{"contains":{"const":1},"minContains":2,"maxContains":2}""", "[1,0,1]", true)]
    [InlineData("""{"contains":{"const":1},"minContains":2}""", "[1,0]", false)]
    [InlineData("""{"properties":{"a":{"type":"number"}},"required":["a"],"additionalProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"properties":{"a":{"type":"number"}},"required":["a"],"additionalProperties":false}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"properties":{"a":{"type":"number"}},"required":["a"]}""", """{}""", false)]
    [InlineData("""{"patternProperties":{"^x":{"type":"number"}},"additionalProperties":false}""", """{"x1":1}""", true)]
    [InlineData("""{"patternProperties":{"^x":{"type":"number"}},"additionalProperties":false}""", """{"y":1}""", false)]
    [InlineData("""{"propertyNames":{"maxLength":1},"minProperties":1}""", """{"a":1}""", true)]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", """{"ab":1}""", false)]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", false)]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "3", false)]
    [InlineData("""{"anyOf":[{"const":1},{"const":2}]}""", "2", true)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "3", false)]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", false)]
    [InlineData("""{"if":{"const":1},"then":false,"else":true}""", "1", false)]
    [InlineData("""{"if":{"const":1},"then":false}""", "2", true)]
    [InlineData("""{"then":false}""", "2", true)]
    [InlineData("""{"$defs":{"n/a":{"type":"number"}},"$ref":"#/$defs/n~1a"}""", "1", true)]
    [InlineData("""{"type":"object","properties":{"next":{"$ref":"#"},"v":{"type":"number"}}}""", """{"next":{"next":{"v":"x"}}}""", false)]
    [InlineData("""{"type":"object","properties":{"next":{"$ref":"#"},"v":{"type":"number"}}}""", """{"next":{"next":{"v":1}}}""", true)]
    [InlineData("""{"format":"email","title":"t","description":"d","default":1,"examples":[1],"$comment":"c"}""", "\"no e-mail\"", true)]
    public void TheDraftIsFollowed(string schema, string value, bool accepted) => Assert.Equal(accepted, Read(schema).Schema!.Accepts(Json(value)));

    [Theory]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("""{"unevaluatedProperties":false}""")]
    [InlineData("""{"typ":"string"}""")]
    [InlineData("""{"type":"string","type":"number"}""")]
    [InlineData("""{"minimum":"1"}""")]
    [InlineData("""{"minimum":1e999}""")]
    [InlineData("""{"multipleOf":0}""")]
    [InlineData("""{"minLength":-1}""")]
    [InlineData("""{"enum":[]}""")]
    [InlineData("""{"required":"a"}""")]
    [InlineData("""{"allOf":[]}""")]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"items":[{}]}""")]
    [InlineData("""{"pattern":"("}""")]
    [InlineData("""{"pattern":"(a)\\1"}""")]
    [InlineData("""{"pattern":"(?=a)"}""")]
    [InlineData("""{"patternProperties":{"(":{}}}""")]
    [InlineData("""{"$ref":"#/$defs/none"}""")]
    [InlineData("""{"$ref":"other.json"}""")]
    [InlineData("""{"$ref":"http://example.com/schema"}""")]
    [InlineData("""{"$ref":"#anchor"}""")]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"allOf":[{"$ref":"#"}]}""")]
    [InlineData("""{"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"not":{"$ref":"#/$defs/a"}}}}""")]
    [InlineData("""{"title":"\ud800"}""")]
    [InlineData("""{"properties":{"n":{"$ref":"#/default"}},"default":{"pattern":"x"}}""")] // a value, not a schema
    [InlineData("""{"anyOf":[{"$ref":"#/default"}],"default":{"$ref":5}}""")]
    [InlineData("""{"anyOf":[{"$ref":"#/const"}],"const":{"$ref":"#/nowhere"}}""")]
    [InlineData("""{"items":{"$ref":"#/enum/0"},"enum":[{}]}""")]
    [InlineData("""{"items":{"$ref":"#/properties"},"properties":{"type":{}}}""")]
    [InlineData("""{"items":{"$ref":"#/allOf/00"},"allOf":[{}]}""")]
    public void WhatCannotBeFollowedToTheLetterIsRefused(string schema)
    {
        var (read, violations) = Read(schema);
        Assert.Null(read);
        Assert.All(violations.Errors, e => Assert.Equal("invalid_schema", e.Code));
    }

    [Fact]
    public void AFaultIsNamedByItsPlaceInTheSchema() =>
        Assert.Equal("answer.schema.properties.a.items.type", Assert.Single(Read("""{"properties":{"a":{"items":{"type":"x"}}}}""").Violations.Errors).Field);

    [Fact]
    public void AlternativesThatMultiplyEndAtTheBudget()
    {
        // Each definition asks the next one twice: 2^40 steps if followed to the end.
        var definitions = string.Join(',', Enumerable.Range(0, 30).Select(i => $$"""
            "d{{i}}":{"items":{"anyOf":[{"$ref":"#/$defs/d{{i + 1}}"},{"$ref":"#/$defs/d{{i + 1}}"}] } }
            """));
        var schema = Read("{\"$defs\":{" + definitions + ",\"d30\":false},\"$ref\":\"#/$defs/d0\"}").Schema!;
        Assert.False(schema.Accepts(Json(new string('[', 31) + new string(']', 31))));
    }

    [Theory]
    [InlineData("""{"minLength":1}""")]
    [InlineData("""{"pattern":"b|c"}""")]
    [InlineData("""{"enum":["x","y"]}""")]
    public void WorkOnALongAnswerCountsByItsLength(string rule)
    {
        // Each definition asks the next one twice: 2^14 times the rule on 90,000 characters.
        var definitions = string.Join(',', Enumerable.Range(0, 14).Select(i => $$"""
            "d{{i}}":{"allOf":[{"$ref":"#/$defs/d{{i + 1}}"},{"$ref":"#/$defs/d{{i + 1}}"}]}
            """));
        var schema = Read("{\"$defs\":{" + definitions + ",\"d14\":{\"not\":{\"not\":{\"anyOf\":[" + rule + ",true]}}}},\"$ref\":\"#/$defs/d0\"}").Schema!;
        schema.Accepts(Json($"\"{new string('a', 90_000)}\""), out var isDecided);
        Assert.False(isDecided);
    }

    [Fact]
    public void ALargeOrdinaryAnswerIsDecided()
    {
        var schema = Read("""
            {"type":"array","items":{"type":"object","required":["id","name","tags"],"additionalProperties":false,"properties":{
             "id":{"type":"integer","minimum":0},"name":{"type":"string","minLength":1,"pattern":"^[a-z0-9 ]+$"},
             "tags":{"type":"array","uniqueItems":true,"items":{"enum":["a","b","c"]}},"price":{"type":"number","exclusiveMinimum":0}}}}
            """).Schema!;
        var items = string.Join(',', Enumerable.Range(0, 1_500).Select(i => $$"""{"id":{{i}},"name":"part number {{i}}","tags":["a","c"],"price":{{i}}.5}"""));
        Assert.True(schema.Accepts(Json($"[{items}]"), out var isDecided));
        Assert.True(isDecided);
    }

    [Fact]
    public void ALongChainOfReferencesDoesNotExhaustTheStack()
    {
        var chain = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$"""
            "d{{i}}":{"$ref":"#/$defs/d{{i + 1}}"}
            """));
        Assert.Null(Read("{\"$defs\":{" + chain + ",\"d1000\":{}},\"$ref\":\"#/$defs/d0\"}").Schema);
    }

    [Fact]
    public void APatternThatWouldBacktrackForEverAnswersAtOnce() =>
        Assert.False(Read("""{"pattern":"^(a+)+$"}""").Schema!.Accepts(Json($"\"{new string('a', 50_000)}!\"")));

    private static (AnswerSchema? Schema, Violations Violations) Read(string schema)
    {
        var violations = new Violations();
        return (AnswerSchema.Read(Json(schema), "answer.schema", violations), violations);
    }

    private static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
