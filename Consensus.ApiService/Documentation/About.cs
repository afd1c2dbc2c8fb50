namespace Consensus.ApiService.Documentation;

/// <summary>What the description says of the API and its parts.</summary>
internal static class About
{
    public const string Api = """
        One question, several models, one answer you can defend: what the panel agreed on, how strongly, and what it cost.

        Bodies are JSON in UTF-8 with members in camelCase; times are RFC 3339 in UTC; ids are UUIDv7. The API only ever gains members and words of enums: ignore those that you do not know.
        Send a key as `Authorization: Bearer <key>`. A caller may bring an `X-Request-Id` of up to 128 visible ASCII characters; every response has it, or one that was made.

        Errors are RFC 9457 problems with a stable `code` (`application/problem+json`); under `/openai` the same codes come in the shape of OpenAI's errors. A path that is not here answers
        404 `not_found`, a method that a path does not have 405 `method_not_allowed` with `Allow`. Beside what is described here, the service has the Model Context Protocol at `/mcp`
        (POST, GET, DELETE), `/health`, `/ready` and `/metrics`.
        """;

    /// <summary>The parts of the API, in the order in which the page shows them.</summary>
    public static IReadOnlyList<(string Name, string Description)> Tags { get; } =
    [
        ("Consensus", "Asking a panel one question, or deciding on answers that are there already."),
        ("Runs", "What was asked and what came of it: looking it up, following it, stopping it, where its answer came from, deciding it again, saying what was right, erasing it. A key sees its own runs, `admin` all."),
        ("Collections", "Documents to answer from, cut into passages that can be searched. A key sees its own collections and the shared ones, `admin` all."),
        ("Evidence", "Answers from passages, every claim labelled with the places that it rests on; and the same check of answers that callers have."),
        ("Models and strategies", "What can be asked for."),
        ("Scoring", "Judges: by which configuration they grade, their jobs, and their scores. The routes with the scope `worker` are those of the scoring worker."),
        ("Calibration", "What labelled questions taught: how reliable models are, and how likely a verdict is right."),
        ("Benchmarks", "Published results of `consensus bench run`: only ever added, each content once."),
        ("Policy", "What may be asked, of whom, and which answers are given out: one document, read whole and replaced whole."),
        ("Retention", "How long things are kept, and purging now."),
        ("Backups", "Copies of every store: made now, and which there are."),
        ("Audit", "What happened, in a chain in which every change shows."),
        ("Keys", "The keys of callers: made, looked at, given new secrets and taken back. A secret is told once."),
        ("OpenAI-compatible", "The panel as a model of OpenAI's API, for clients that speak it already. Errors have OpenAI's shape."),
    ];
}
