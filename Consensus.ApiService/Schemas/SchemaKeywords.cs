namespace Consensus.ApiService.Schemas;

/// <summary>The keywords of a schema that are understood, each with the shape that its value must have.</summary>
internal static class SchemaKeywords
{
    public static readonly Dictionary<string, string> Shapes = new()
    {
        ["$schema"] = "text",
        ["$id"] = "text",
        ["$comment"] = "text",
        ["title"] = "text",
        ["description"] = "text",
        ["format"] = "text",
        ["contentEncoding"] = "text",
        ["contentMediaType"] = "text",
        ["default"] = "any",
        ["examples"] = "any",
        ["deprecated"] = "flag",
        ["readOnly"] = "flag",
        ["writeOnly"] = "flag",
        ["$defs"] = "map",
        ["definitions"] = "map",
        ["$ref"] = "reference",
        ["type"] = "type",
        ["enum"] = "values",
        ["const"] = "any",
        ["minimum"] = "number",
        ["maximum"] = "number",
        ["exclusiveMinimum"] = "number",
        ["exclusiveMaximum"] = "number",
        ["multipleOf"] = "positive",
        ["minLength"] = "count",
        ["maxLength"] = "count",
        ["pattern"] = "pattern",
        ["items"] = "schema",
        ["prefixItems"] = "list",
        ["minItems"] = "count",
        ["maxItems"] = "count",
        ["uniqueItems"] = "flag",
        ["contains"] = "schema",
        ["minContains"] = "count",
        ["maxContains"] = "count",
        ["properties"] = "map",
        ["required"] = "names",
        ["additionalProperties"] = "schema",
        ["patternProperties"] = "patterns",
        ["propertyNames"] = "schema",
        ["minProperties"] = "count",
        ["maxProperties"] = "count",
        ["dependentRequired"] = "dependencies",
        ["allOf"] = "list",
        ["anyOf"] = "list",
        ["oneOf"] = "list",
        ["not"] = "schema",
        ["if"] = "schema",
        ["then"] = "schema",
        ["else"] = "schema",
    };

    public static readonly string[] Types = ["null", "boolean", "object", "array", "number", "integer", "string"];

    /// <summary>A shape in words.</summary>
    public static string Describe(string shape) => shape switch
    {
        "text" => "a string",
        "flag" => "true or false",
        "number" => "a finite number",
        "positive" => "a finite number above 0",
        "count" => "a whole number, 0 or more",
        "values" => "a list with at least one value",
        "names" => "a list of strings",
        "type" => $"one or more of {string.Join(", ", Types)}",
        "pattern" => "a regular expression without look-around, back-references and atomic groups",
        "reference" => "a reference into this schema: # or #/…; other documents are never fetched",
        "list" => "a list with at least one schema",
        "map" => "an object of schemas",
        "patterns" => "an object of schemas by regular expression, without look-around, back-references and atomic groups",
        _ => "an object of lists of strings",
    };
}
