namespace Consensus.ApiService.Tests.Reading;

/// <summary>Wrong requests, each with the one violation that it has. The first of each code is the example in <c>docs/errors.md</c>.</summary>
public static class ViolationCases
{
    private const string Ask = "POST /v1/consensus";
    private const string Aggregate = "POST /v1/consensus/aggregate";
    private const string List = "GET /v1/runs";
    private const string Fitted = "PUT /v1/calibration";

    /// <summary>Route, body or query, and the violation as <c>field code</c>.</summary>
    public static TheoryData<string, string, string> All => new(Rows.Select(r => new TheoryDataRow<string, string, string>(r.Route, r.Request, r.Violation)));

    internal static readonly (string Route, string Request, string Violation)[] Rows =
    [
        (Ask, """{}""", "prompt required"),
        (Ask, """{"prompt":null}""", "prompt required"),
        (Ask, """{"prompt":" \n "}""", "prompt required"),
        (Ask, """{"messages":[{"role":"user"}]}""", "messages[0].content required"),
        (Ask, """{"messages":[{"content":"x"}]}""", "messages[0].role required"),
        (Ask, """{"messages":[{"role":"user","content":[{"type":"text"}]}]}""", "messages[0].content[0].text required"),
        (Ask, """{"prompt":"x","answer":{"kind":"choice"}}""", "answer.choices required"),
        (Ask, """{"prompt":"x","tags":[""]}""", "tags[0] required"),
        (Aggregate, """{}""", "answers required"),
        (Aggregate, """{"answers":[{"text":"x"}]}""", "answers[0].model required"),
        (Aggregate, """{"answers":[{"model":"m"}]}""", "answers[0].text required"),

        (Ask, """{"prompt":"x","promt":"y"}""", "promt unknown_member"),
        (Ask, """{"prompt":"x","answer":{"type":"number"}}""", "answer.type unknown_member"),
        (Ask, """{"messages":[{"role":"user","content":"x","name":"y"}]}""", "messages[0].name unknown_member"),
        (Ask, """{"messages":[{"role":"user","content":[{"type":"text","text":"x","y":1}]}]}""", "messages[0].content[0].y unknown_member"),
        (Aggregate, """{"answers":[{"model":"m","text":"x"}],"models":["m"]}""", "models unknown_member"),
        (List, "colour=red", "colour unknown_member"),

        (Ask, """{"prompt":"x","prompt":"y"}""", "prompt duplicate_member"),
        (Ask, """{"prompt":"x","metadata":{"a":"1","a":"2"}}""", "metadata[\"a\"] duplicate_member"),
        (List, "tag=a&tag=b", "tag duplicate_member"),

        (Ask, """{"prompt":42}""", "prompt invalid_type"),
        (Ask, """[]""", "$ invalid_type"),
        (Ask, """{"prompt":"x","samplesPerModel":"3"}""", "samplesPerModel invalid_type"),
        (Ask, """{"prompt":"x","samplesPerModel":1.5}""", "samplesPerModel invalid_type"),
        (Ask, """{"prompt":"x","quorum":"NaN"}""", "quorum invalid_type"),
        (Ask, """{"prompt":"x","temperature":true}""", "temperature invalid_type"),
        (Ask, """{"prompt":"x","maxCostUsd":"1"}""", "maxCostUsd invalid_type"),
        (Ask, """{"prompt":"x","models":"sim/ada"}""", "models invalid_type"),
        (Ask, """{"prompt":"x","models":[1]}""", "models[0] invalid_type"),
        (Ask, """{"prompt":"x","answer":"number"}""", "answer invalid_type"),
        (Ask, """{"prompt":"x","metadata":{"a":1}}""", "metadata[\"a\"] invalid_type"),
        (Ask, """{"prompt":"x","judge":3}""", "judge invalid_type"),
        (Ask, """{"messages":[{"role":"user","content":3}]}""", "messages[0].content invalid_type"),
        (Ask, """{"messages":["x"]}""", "messages[0] invalid_type"),
        (List, "limit=many", "limit invalid_type"),

        (Ask, """{"prompt":"x","earlyStop":"soon"}""", "earlyStop invalid_value"),
        (Ask, """{"prompt":"x","earlyStop":"Off"}""", "earlyStop invalid_value"),
        (Ask, """{"prompt":"x","answer":{"kind":"integer"}}""", "answer.kind invalid_value"),
        (Ask, """{"prompt":"x","include":["everything"]}""", "include[0] invalid_value"),
        (Ask, """{"prompt":"x","judge":"accuracy"}""", "judge invalid_value"),
        (Ask, """{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}""", "messages[1].role invalid_value"),
        (Ask, """{"messages":[{"role":"boss","content":"x"}]}""", "messages[0].role invalid_value"),
        (Aggregate, """{"answers":[{"model":"m","error":"tired"}]}""", "answers[0].error invalid_value"),
        (List, "outcome=win", "outcome invalid_value"),
        (List, "status=1", "status invalid_value"),
        (List, "from=yesterday", "from invalid_value"),

        (Ask, """{"prompt":"x","quorum":1}""", "quorum out_of_range"),
        (Ask, """{"prompt":"x","quorum":-0.1}""", "quorum out_of_range"),
        (Ask, """{"prompt":"x","quorum":1e999}""", "quorum out_of_range"),
        (Ask, """{"prompt":"x","temperature":-1e999}""", "temperature out_of_range"),
        (Ask, """{"prompt":"x","seed":1e300}""", "seed out_of_range"),
        (Ask, """{"prompt":"x","maxCostUsd":-0.01}""", "maxCostUsd out_of_range"),
        (Ask, """{"prompt":"x","answer":{"kind":"number","tolerance":-1}}""", "answer.tolerance out_of_range"),
        (Ask, """{"prompt":"x","strategy":"weighted","reliability":{"sim/ada":1}}""", "reliability[\"sim/ada\"] out_of_range"),
        (List, "limit=0", "limit out_of_range"),

        (Ask, """{"prompt":"x","category":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "category too_long"),

        (Ask, """{"prompt":"x","models":["sim/ada","sim/boole","sim/curie","sim/darwin"],"samplesPerModel":20}""", "samplesPerModel too_many"),
        (Ask, """{"prompt":"x","include":["candidates","clusters","provenance","candidates"]}""", "include too_many"),

        (Ask, """{"prompt":"x","models":[]}""", "models too_few"),
        (Ask, """{"messages":[]}""", "messages too_few"),
        (Ask, """{"prompt":"x","answer":{"choices":["only"]}}""", "answer.choices too_few"),
        (Aggregate, """{"answers":[]}""", "answers too_few"),

        (Ask, """{"prompt":"x","models":["sim/ada","sim/ada"]}""", "models[1] duplicate"),
        (Ask, """{"prompt":"x","tags":["a","a"]}""", "tags[1] duplicate"),
        (Ask, """{"prompt":"x","answer":{"choices":["a","a"]}}""", "answer.choices[1] duplicate"),

        (Ask, """{"prompt":"a\u0000b"}""", "prompt control_characters"),
        (Ask, """{"prompt":"half \ud83d of a pair"}""", "prompt control_characters"),
        (Ask, """{"prompt":"half \udc00 of a pair"}""", "prompt control_characters"),
        (Ask, """{"prompt":"x","\ud800":1}""", "$ control_characters"),
        (Ask, """{"prompt":"x","tags":["a\nb"]}""", "tags[0] control_characters"),
        (Ask, """{"prompt":"x","metadata":{"a":"\u0007"}}""", "metadata[\"a\"] control_characters"),
        (Aggregate, """{"answers":[{"model":"m","text":"\ud800"}]}""", "answers[0].text control_characters"),

        (Ask, """{"prompt":"x","models":["openai/gpt-99"]}""", "models[0] unknown_model"),
        (Ask, """{"prompt":"x","strategy":"weighted","reliability":{"sim/zeno":0.9}}""", "reliability[\"sim/zeno\"] unknown_model"),
        (Aggregate, """{"answers":[{"model":"m","text":"x"}],"strategy":"weighted","reliability":{"n":0.9}}""", "reliability[\"n\"] unknown_model"),

        (Ask, """{"prompt":"x","panel":"experts"}""", "panel unknown_panel"),
        (Ask, """{"prompt":"x","parentRunId":"0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d35"}""", "parentRunId unknown_run"),
        (Aggregate, """{"answers":[{"model":"m","text":"x"}],"parentRunId":"0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d35"}""", "parentRunId unknown_run"),
        (Ask, """{"prompt":"x","parentRunId":"the last one"}""", "parentRunId invalid_value"),
        (Ask, """{"prompt":"x","parentRunId":"{0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d35}"}""", "parentRunId invalid_value"),
        (Ask, """{"prompt":"x","parentRunId":"half \ud83d of a pair"}""", "parentRunId control_characters"),
        (Aggregate, """{"answers":[{"model":"m","text":"x"}],"parentRunId":7}""", "parentRunId invalid_type"),
        (Ask, """{"prompt":"x","strategy":"coin_toss"}""", "strategy unknown_strategy"),

        (Ask, """{"prompt":"x","models":["sim/ada"],"panel":"default"}""", "panel contradiction"),
        (Ask, """{"prompt":"x","messages":[{"role":"user","content":"x"}]}""", "messages contradiction"),
        (Ask, """{"prompt":"x","strategy":"unanimous","quorum":0.9}""", "quorum contradiction"),
        (Aggregate, """{"answers":[{"model":"m","text":"x"}],"strategy":"cascade"}""", "strategy unknown_strategy"),
        (Ask, """{"prompt":"x","ranking":"borda"}""", "ranking contradiction"),
        (Ask, """{"prompt":"x","cascade":{}}""", "cascade contradiction"),
        (Ask, """{"prompt":"x","strategy":"cascade","earlyStop":"certain"}""", "earlyStop contradiction"),
        (Ask, """{"prompt":"x","strategy":"cascade","models":["sim/ada"]}""", "models too_few"),
        (Ask, """{"prompt":"x","strategy":"cascade","reliability":{"sim/ada":0.9}}""", "reliability contradiction"),
        (Ask, """{"prompt":"x","strategy":"ranked","ranking":"dice"}""", "ranking invalid_value"),
        (Ask, """{"prompt":"x","strategy":"ranked","models":["sim/ada","sim/boole"]}""", "models too_few"),
        (Ask, """{"prompt":"x","strategy":"ranked","earlyStop":"adaptive"}""", "earlyStop contradiction"),
        (Ask, """{"prompt":"x","strategy":"judge","earlyStop":"certain"}""", "earlyStop contradiction"),
        (Ask, """{"prompt":"x","strategy":"judge","judge":"taste"}""", "judge invalid_value"),
        (Ask, """{"prompt":"x","strategy":"debate","models":["sim/ada"]}""", "models too_few"),
        (Aggregate, """{"answers":[{"model":"m","text":"x"}],"strategy":"judge"}""", "strategy unknown_strategy"),
        (Ask, """{"prompt":"x","strategy":"cascade","cascade":{"agreement":2}}""", "cascade.agreement out_of_range"),
        (Ask, """{"prompt":"x","strategy":"cascade","cascade":{"confidence":-1}}""", "cascade.confidence out_of_range"),
        (Ask, """{"prompt":"x","strategy":"cascade","cascade":{"depth":1}}""", "cascade.depth unknown_member"),
        (Ask, """{"prompt":"x","strategy":"cascade","models":["sim/ada","sim/boole"],"cascade":{"tiers":[["sim/ada","sim/boole"]]}}""", "cascade.tiers too_few"),
        (Ask, """{"prompt":"x","strategy":"cascade","models":["sim/ada","sim/boole"],"cascade":{"tiers":[["sim/ada"],[]]}}""", "cascade.tiers[1] invalid_type"),
        (Ask, """{"prompt":"x","strategy":"cascade","models":["sim/ada","sim/boole"],"cascade":{"tiers":[["sim/ada"],["sim/ada"]]}}""", "cascade.tiers[1][0] duplicate"),
        (Ask, """{"prompt":"x","strategy":"cascade","models":["sim/ada","sim/boole"],"cascade":{"tiers":[["sim/ada"],["sim/euler"]]}}""", "cascade.tiers[1][0] unknown_model"),
        (Ask, """{"prompt":"x","strategy":"cascade","models":["sim/ada","sim/boole","sim/euler"],"cascade":{"tiers":[["sim/ada"],["sim/euler"]]}}""", "cascade.tiers contradiction"),
        (Ask, """{"prompt":"x","strategy":"supermajority","quorum":0.9}""", "quorum contradiction"),
        (Ask, """{"prompt":"x","reliability":{"sim/ada":0.9}}""", "reliability contradiction"),
        (Ask, """{"prompt":"x","answer":{"kind":"number","choices":["1","2"]}}""", "answer.choices contradiction"),
        (Ask, """{"prompt":"x","answer":{"kind":"text","tolerance":1}}""", "answer.tolerance contradiction"),
        (Ask, """{"prompt":"x","answer":{"choices":["1","2"],"tolerance":1}}""", "answer.tolerance contradiction"),
        (Ask, """{"prompt":"x","answer":{"schema":{}}}""", "answer.schema contradiction"),
        (Ask, """{"prompt":"x","models":["sim/ada"],"minResponses":2}""", "minResponses contradiction"),
        (Ask, """{"prompt":"x","strategy":"self_consistency"}""", "models contradiction"),
        (Ask, """{"prompt":"x","strategy":"self_consistency","models":["sim/ada"],"samplesPerModel":1}""", "samplesPerModel contradiction"),
        (Aggregate, """{"answers":[{"model":"m","text":"x","error":"timeout"}]}""", "answers[0].text contradiction"),
        (Aggregate, """{"answers":[{"model":"m","text":"x"},{"model":"n","text":"x"}],"strategy":"self_consistency"}""", "answers contradiction"),
        (List, "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to contradiction"),

        (Ask, """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/cat.png"}}]}]}""", "messages[0].content[0] unsupported_content"),
        (Ask, """{"messages":[{"role":"tool","content":"x"},{"role":"user","content":"y"}]}""", "messages[0].role unsupported_content"),
        (Ask, """{"messages":[{"role":"assistant","content":"x","tool_calls":[]},{"role":"user","content":"y"}]}""", "messages[0].tool_calls unsupported_content"),

        (Ask, """{"prompt":"x","answer":{"kind":"json","schema":{"type":"banana"}}}""", "answer.schema.type invalid_schema"),
        (Ask, """{"prompt":"x","answer":{"kind":"json","schema":7}}""", "answer.schema invalid_schema"),
        (Ask, """{"prompt":"x","answer":{"kind":"json","schema":{"$ref":"https://example.com/schema.json"}}}""", "answer.schema.$ref invalid_schema"),

        (List, "cursor=abc", "cursor invalid_cursor"),

        (Fitted, """{"schemaVersion":1,"version":"0000000000000000","fittedAt":"2026-03-01T12:00:00Z","panels":[]}""", "version hash_mismatch"),
    ];
}
