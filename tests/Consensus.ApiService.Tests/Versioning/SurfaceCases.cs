namespace Consensus.ApiService.Tests.Versioning;

/// <summary>A small description that has every kind of thing once, and changes to it.</summary>
public static class SurfaceCases
{
    public const string Document = """
        {
          "paths": {
            "/v1/things": {
              "post": {
                "operationId": "makeThing", "summary": "Makes a thing", "tags": ["Things"],
                "security": [{ "Key": ["run"] }, { "Key": ["read"] }],
                "parameters": [
                  { "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1, "maximum": 100, "default": 20 } },
                  { "name": "X-Key", "in": "header", "required": true, "schema": { "type": "string" } }
                ],
                "requestBody": {
                  "required": true,
                  "content": { "application/json": { "schema": { "$ref": "#/components/schemas/NewThing" } }, "text/plain": {} }
                },
                "responses": {
                  "200": {
                    "headers": {
                      "ETag": { "required": true, "schema": { "type": "string" } },
                      "Age": { "$ref": "#/components/headers/Age" }
                    },
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } }, "text/event-stream": {} }
                  },
                  "404": {
                    "content": { "application/problem+json": { "schema": { "type": "object", "required": ["code"], "properties": { "code": { "type": "string" } } } } }
                  }
                }
              },
              "get": { "operationId": "listThings", "responses": { "200": {} } }
            },
            "/openai/v1/models": { "get": { "operationId": "foreign", "responses": { "200": {} } } }
          },
          "components": {
            "headers": { "Age": { "description": "How old it is", "schema": { "type": "integer" } }, "Unused": {} },
            "schemas": {
              "NewThing": {
                "type": "object", "required": ["name"],
                "properties": {
                  "name": { "type": "string", "maxLength": 10, "pattern": "^a", "description": "What it is called" },
                  "kind": { "$ref": "#/components/schemas/Kind" },
                  "size": { "type": ["null", "number"], "format": "double" },
                  "tags": { "type": "array", "items": { "type": "string" }, "minItems": 1 },
                  "extra": { "type": "object", "additionalProperties": { "type": "number" } },
                  "any": {}
                }
              },
              "Kind": { "enum": ["a", "b"] },
              "Thing": {
                "type": "object", "required": ["id", "state"],
                "properties": {
                  "id": { "type": "string", "format": "uuid" },
                  "state": { "$ref": "#/components/schemas/State" },
                  "score": { "type": "number", "minimum": 0, "maximum": 1 },
                  "note": {},
                  "part": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Thing" }] },
                  "value": { "oneOf": [{ "type": "string" }, { "type": "number" }] },
                  "whole": { "$ref": "#/components/schemas/Thing" }
                }
              },
              "State": { "enum": ["on", "off"] },
              "Unused": { "type": "string" }
            }
          }
        }
        """;

    private const string Post = "paths|/v1/things|post";
    private const string Limit = Post + "|parameters|0";
    private const string Given = "components|schemas|NewThing";
    private const string Told = "components|schemas|Thing";
    private const string Answer = Post + "|responses|200";

    /// <summary>Place, what stands there afterwards (nothing: it is removed), and whether that breaks.</summary>
    public static TheoryData<string, string?, bool> Changes => new()
    {
        { "paths|/v1/things", null, true },
        { Post, null, true },
        { Post + "|operationId", "\"createThing\"", true },
        { Post + "|deprecated", "true", false },
        { Post + "|security", """[{"Key":["run"]}]""", true },
        { Post + "|security", """[{"Key":["run","admin"]},{"Key":["read"]}]""", true },
        { Post + "|security", """[{"Key":["run"]},{"Key":["read"]},{"Key":["worker"]}]""", false },
        { Post + "|security", null, false },
        { "paths|/v1/things|get|security", """[{"Key":["run"]}]""", true },
        { "paths|/v1/things|get|security", """[{"Key":[]}]""", true },
        { "paths|/v1/things|put", """{"operationId":"putThing","responses":{"200":{}}}""", false },
        { "paths|/v1/others", """{"get":{"operationId":"listOthers","responses":{"200":{}}}}""", false },

        { Limit, null, true },
        { Post + "|parameters|+", """{"name":"from","in":"query","schema":{"type":"string"}}""", false },
        { Post + "|parameters|+", """{"name":"from","in":"query","required":true,"schema":{"type":"string"}}""", true },
        { Limit + "|required", "true", true },
        { Limit + "|in", "\"header\"", true },
        { Limit + "|style", "\"form\"", true },
        { Limit + "|deprecated", "true", false },
        { Post + "|parameters|1|required", "false", false },
        { Limit + "|schema|type", "\"string\"", true },
        { Limit + "|schema|type", "\"number\"", false },
        { Limit + "|schema|maximum", "50", true },
        { Limit + "|schema|maximum", "200", false },
        { Limit + "|schema|maximum", null, false },
        { Limit + "|schema|minimum", "2", true },
        { Limit + "|schema|minimum", "0", false },
        { Limit + "|schema|default", "10", true },
        { Limit + "|schema|default", null, true },
        { Post + "|parameters|1|schema|default", "\"x\"", false },
        { Post + "|parameters|1|schema|enum", """["x"]""", true },
        { Post + "|parameters|1|schema|format", "\"uuid\"", true },

        { Post + "|requestBody", null, true },
        { Post + "|requestBody|required", "false", false },
        { Post + "|requestBody|content|text/plain", null, true },
        { Post + "|requestBody|content|text/csv", "{}", false },
        { "paths|/v1/things|get|requestBody", """{"content":{}}""", false },
        { "paths|/v1/things|get|requestBody", """{"required":true,"content":{}}""", true },
        { Given + "|properties|tags", null, true },
        { Given + "|properties|new", """{"type":"string"}""", false },
        { Given + "|required|+", "\"kind\"", true },
        { Given + "|required", "[]", false },
        { Given + "|additionalProperties", "false", true },
        { Given + "|properties|name|type", "\"integer\"", true },
        { Given + "|properties|name|type", """["null","string"]""", false },
        { Given + "|properties|name|maxLength", "5", true },
        { Given + "|properties|name|maxLength", null, false },
        { Given + "|properties|name|minLength", "1", true },
        { Given + "|properties|name|pattern", "\"^b\"", true },
        { Given + "|properties|name|pattern", null, false },
        { Given + "|properties|name|strange", "1", true },
        { Given + "|properties|size|type", "\"number\"", true },
        { Given + "|properties|size|format", null, false },
        { Given + "|properties|size|multipleOf", "2", true },
        { Given + "|properties|tags|items|type", "\"integer\"", true },
        { Given + "|properties|tags|minItems", "2", true },
        { Given + "|properties|tags|minItems", "0", false },
        { Given + "|properties|extra|additionalProperties|type", "\"integer\"", true },
        { Given + "|properties|extra|additionalProperties", "false", true },
        { Given + "|properties|extra|additionalProperties", "true", false },
        { Given + "|properties|any|type", "\"string\"", true },
        { Given + "|properties|kind", """{"type":"string"}""", false },
        { Given + "|properties|kind", """{"type":"integer"}""", true },
        { Told + "|properties|state", """{"type":"string"}""", false },
        { Told + "|properties|state", """{"type":"integer"}""", true },
        { Given + "|properties|kind", """{"enum":["a","b"]}""", false },
        { "components|schemas|Kind|enum", """["a"]""", true },
        { "components|schemas|Kind|enum", """["a","b","c"]""", false },
        { "components|schemas|Kind|enum", """["a","c"]""", true },
        { "components|schemas|Kind|enum", null, false },

        { Post + "|responses|404", null, true },
        { Post + "|responses|409", "{}", false },
        { Answer + "|headers|ETag", null, true },
        { Answer + "|headers|ETag|required", "false", true },
        { Answer + "|headers|Age", null, true },
        { "components|headers|Age|schema|type", "\"string\"", true },
        { "components|headers|Age|schema|minimum", "0", false },
        { Answer + "|headers|Location", """{"schema":{"type":"string"}}""", false },
        { Answer + "|content|text/event-stream", null, true },
        { Answer + "|content|text/csv", "{}", false },
        { Answer + "|content|application/json|schema|$ref", "\"#/components/schemas/Unused\"", true },
        { Post + "|responses|404|content|application/problem+json|schema|properties|code", null, true },
        { Told + "|properties|score", null, true },
        { Told + "|properties|new", "{}", false },
        { Told + "|properties|note", """{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/Unused"}]}""", false },
        { Told + "|properties|score", "{}", true },
        { Given + "|properties|any", """{"type":["null","string"]}""", true },
        { Told + "|required|+", "\"score\"", false },
        { Told + "|required|0", null, true },
        { Told + "|properties|id|type", """["null","string"]""", true },
        { Told + "|properties|id|type", "\"integer\"", true },
        { Told + "|properties|id|format", null, true },
        { Told + "|properties|score|type", "\"integer\"", false },
        { Told + "|properties|score|maximum", "2", true },
        { Told + "|properties|score|maximum", "0.5", false },
        { Told + "|properties|score|minimum", null, true },
        { Told + "|properties|score|default", "1", false },
        { Told + "|properties|score|deprecated", "true", false },
        { Told + "|properties|part", """{"$ref":"#/components/schemas/Thing"}""", false },
        { Told + "|properties|whole", """{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/Thing"}]}""", true },
        { Told + "|properties|value|oneOf|+", """{"type":"boolean"}""", true },
        { Told + "|properties|value|oneOf|1", null, false },
        { Told + "|properties|part|oneOf|1|$ref", "\"#/components/schemas/Unused\"", true },
        { "components|schemas|State|enum", """["on","off","broken"]""", false },
        { "components|schemas|State|enum", """["on"]""", false },
    };

    /// <summary>What a reader sees, and a caller does not.</summary>
    public static TheoryData<string, string?> Words => new()
    {
        { Post + "|summary", "\"Other words\"" },
        { Post + "|tags", null },
        { Post + "|responses|404|description", "\"Nothing there\"" },
        { Given + "|properties|name|description", null },
        { Given + "|properties|name|examples", """["apple"]""" },
        { Given + "|x-note", "1" },
        { Limit + "|description", "\"How many\"" },
        { Limit + "|required", "false" },
        { Post + "|deprecated", "false" },
        { "components|headers|Unused", null },
        { "components|headers|Age|description", null },
        { "components|schemas|Unused", null },
        { "components|schemas|New", "{}" },
        { "paths|/openai/v1/models", null },
        { "paths|/openai/v1/models|get|operationId", "\"other\"" },
    };
}
