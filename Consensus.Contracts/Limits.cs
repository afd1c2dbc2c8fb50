namespace Consensus.Contracts;

/// <summary>Every default and cap of the API in one place. <c>docs/api.md</c> has the table; a test keeps the two alike.</summary>
public static partial class Limits
{
    /// <summary>The most bytes a request body may have.</summary>
    public const int BodyBytes = 1_048_576;

    /// <summary>The most bytes the body of an aggregate request may have.</summary>
    public const int AggregateBodyBytes = 8_388_608;

    /// <summary>The most bytes of a fitted document.</summary>
    public const int FittedBytes = 8_388_608;

    /// <summary>The most bytes of published results of benchmarks.</summary>
    public const int BenchmarkBytes = 8_388_608;

    /// <summary>The most bytes of a scoring configuration.</summary>
    public const int ScoringConfigBytes = 1_048_576;

    /// <summary>The most bytes of a policy.</summary>
    public const int PolicyBytes = 262_144;

    /// <summary>The most bytes of the body that adds a document to a collection.</summary>
    public const int DocumentBytes = 16_777_216;

    /// <summary>The most characters of a document's text.</summary>
    public const int DocumentCharacters = 1_000_000;

    /// <summary>The most pages of a PDF.</summary>
    public const int DocumentPages = 2_000;

    /// <summary>The most characters of a document's title, source or licence, and of a collection's name.</summary>
    public const int TitleCharacters = 500;

    /// <summary>The most characters of what a collection is said to hold.</summary>
    public const int DescriptionCharacters = 2_000;

    /// <summary>The most documents of a collection.</summary>
    public const int CollectionDocuments = 10_000;

    /// <summary>The most characters of all texts of a collection.</summary>
    public const int CollectionCharacters = 100_000_000;

    /// <summary>The most collections of a key.</summary>
    public const int CollectionsPerKey = 100;

    /// <summary>The most characters of a search for passages.</summary>
    public const int SearchCharacters = 2_000;

    /// <summary>The passages that a search gives when not told how many.</summary>
    public const int DefaultSearchPassages = 10;

    /// <summary>The most passages that a search gives.</summary>
    public const int SearchPassages = 100;

    /// <summary>The most characters of an answer that are attributed to candidates and passages, sentence by sentence.</summary>
    public const int AttributedCharacters = 20_000;

    /// <summary>The most sentences of it.</summary>
    public const int AttributedSentences = 200;

    /// <summary>The most characters of all candidates, and of all passages, that its sentences are looked for in.</summary>
    public const int AttributionSourceCharacters = 200_000;

    /// <summary>The most bytes of what came of an attempt at a judge job.</summary>
    public const int ScoresBytes = 33_554_432;

    /// <summary>The most scores of one attempt at a judge job.</summary>
    public const int ScoresPerSubmission = 20_000;

    /// <summary>The most judged runs that the figures of models are made from, the newest.</summary>
    public const int JudgedRuns = 2_000;

    /// <summary>The most characters of a judge's reason for a score.</summary>
    public const int RationaleCharacters = 4_000;

    /// <summary>The most characters of a claim that was checked.</summary>
    public const int ClaimCharacters = 2_000;

    /// <summary>The most characters of the sentence that says why an attempt at a judge job failed.</summary>
    public const int FailureCharacters = 500;

    /// <summary>The most characters of a prompt, or of all messages together.</summary>
    public const int PromptCharacters = 100_000;

    /// <summary>The most messages of a conversation.</summary>
    public const int Messages = 100;

    /// <summary>The most models of a panel.</summary>
    public const int PanelModels = 20;

    /// <summary>The most samples of one model.</summary>
    public const int SamplesPerModel = 20;

    /// <summary>The samples of <c>self_consistency</c> when not given.</summary>
    public const int SelfConsistencySamples = 5;

    /// <summary>The most answers of one run: models × samples.</summary>
    public const int AnswersPerRun = 60;

    /// <summary>The most answers of one aggregate request.</summary>
    public const int AggregateAnswers = 200;

    /// <summary>The most characters of one answer in an aggregate request.</summary>
    public const int AnswerCharacters = 100_000;

    /// <summary>The fewest options of a choice.</summary>
    public const int MinChoices = 2;

    /// <summary>The most options of a choice.</summary>
    public const int MaxChoices = 26;

    /// <summary>The most characters of one option.</summary>
    public const int ChoiceCharacters = 2_000;

    /// <summary>The run's deadline when not given, in milliseconds.</summary>
    public const int DefaultDeadlineMs = 60_000;

    /// <summary>The shortest deadline, in milliseconds.</summary>
    public const int MinDeadlineMs = 100;

    /// <summary>The longest deadline, in milliseconds.</summary>
    public const int MaxDeadlineMs = 600_000;

    /// <summary>The time one call may take when the provider's configuration does not say, in milliseconds.</summary>
    public const int DefaultCallTimeoutMs = 60_000;

    /// <summary>The share a cluster must exceed for <c>consensus</c> when not given.</summary>
    public const double DefaultQuorum = 0.5;

    /// <summary>The token cap of one answer when not given.</summary>
    public const int DefaultMaxOutputTokens = 2_048;

    /// <summary>The highest token cap of one answer.</summary>
    public const int MaxOutputTokens = 32_768;

    /// <summary>The highest temperature.</summary>
    public const double MaxTemperature = 2.0;

    /// <summary>The most tags of a run.</summary>
    public const int Tags = 16;

    /// <summary>The most characters of a tag, a category or a metadata name.</summary>
    public const int LabelCharacters = 64;

    /// <summary>The most characters of a model's or a family's name in an aggregate request.</summary>
    public const int ModelCharacters = 200;

    /// <summary>The most entries of <c>metadata</c>.</summary>
    public const int MetadataEntries = 16;

    /// <summary>The most characters of a metadata text.</summary>
    public const int MetadataCharacters = 512;

    /// <summary>The rows of a page when not given.</summary>
    public const int DefaultPageSize = 50;

    /// <summary>The most rows of a page.</summary>
    public const int MaxPageSize = 500;

    /// <summary>The probability of a changed leader below which <c>adaptive</c> stops is one minus this.</summary>
    public const double AdaptiveStopThreshold = 0.95;

    /// <summary>The share of the deadline that the panel's answers may take under a strategy that takes steps after them.</summary>
    public const double PanelDeadlineShare = 0.6;

    /// <summary>The models of a tier of <c>cascade</c> when not given.</summary>
    public const int CascadeTierModels = 2;

    /// <summary>The least agreement at which <c>cascade</c> asks no further tier when not given.</summary>
    public const double CascadeAgreement = 0.75;

    /// <summary>The least raw confidence at which <c>cascade</c> asks no further tier when not given.</summary>
    public const double CascadeConfidence = 0.5;

    /// <summary>The most characters of one answer that another model is shown in a step; its middle is left out and said to be.</summary>
    public const int StepAnswerCharacters = 4_000;

    /// <summary>The least token cap of an answer to the question of a step; a higher <c>maxOutputTokens</c> holds there too.</summary>
    public const int StepOutputTokens = 1_024;

    /// <summary>The most characters of <c>answer.schema</c>.</summary>
    public const int SchemaCharacters = 65_536;

    /// <summary>The most judges of a scoring configuration.</summary>
    public const int Judges = 20;

    /// <summary>The most rubrics of a scoring configuration.</summary>
    public const int Rubrics = 50;

    /// <summary>The most criteria of a rubric.</summary>
    public const int Criteria = 20;

    /// <summary>The most grades of a criterion.</summary>
    public const int Grades = 20;

    /// <summary>The most characters of a rubric's description, a criterion's question or a grade's anchor.</summary>
    public const int RubricCharacters = 4_000;

    /// <summary>The most characters of an <c>Idempotency-Key</c>.</summary>
    public const int IdempotencyKeyCharacters = 255;

    /// <summary>The most characters of a key's name.</summary>
    public const int KeyNameCharacters = 64;

    /// <summary>The longest time for which the secret before a rotation is still taken, in seconds.</summary>
    public const int KeyGraceSeconds = 604_800;

    /// <summary>The highest limit of requests per minute that a key can be given.</summary>
    public const int KeyRequestsPerMinute = 1_000_000;

    /// <summary>The highest limit of concurrent runs that a key can be given.</summary>
    public const int KeyConcurrentRuns = 10_000;

    /// <summary>The highest daily budget that a key can be given, in US dollars.</summary>
    public const int KeyDailyCostUsd = 1_000_000;

    /// <summary>The highest limit of calls to models per run that a key can be given.</summary>
    public const int KeyCallsPerRun = 10_000;

    /// <summary>The most characters of an actor or a subject in a filter of the audit trail.</summary>
    public const int AuditWordCharacters = 256;

    /// <summary>The deepest nesting of a request body.</summary>
    public const int JsonDepth = 64;

    /// <summary>The most characters of a caller's request id.</summary>
    public const int RequestIdCharacters = 128;

    /// <summary>The most bytes of a request that brings documents.</summary>
    public const int EvidenceBytes = 16_777_216;

    /// <summary>The most documents that come with a request.</summary>
    public const int InlineDocuments = 50;

    /// <summary>The most characters of all documents that come with a request, of a PDF those of its Base64.</summary>
    public const int InlineCharacters = 8_000_000;

    /// <summary>The passages that are shown to a panel, or that claims are held against, when not given.</summary>
    public const int DefaultPassages = 8;

    /// <summary>The most passages that are shown to a panel, or that claims are held against.</summary>
    public const int MaxPassages = 50;

    /// <summary>The most other answers that come with an answer to check.</summary>
    public const int OtherAnswers = 60;
}
