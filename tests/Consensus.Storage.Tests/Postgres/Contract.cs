using Consensus.Storage.Tests.Audit;
using Consensus.Storage.Tests.Evidence;
using Consensus.Storage.Tests.Evidence.Vectors;
using Consensus.Storage.Tests.Keys;
using Consensus.Storage.Tests.LongTerm;
using Consensus.Storage.Tests.Retention;
using Consensus.Storage.Tests.Runs;
using Consensus.Storage.Tests.Scoring;

namespace Consensus.Storage.Tests.Postgres;

// What holds of a run log and an evidence store in files holds of those on a server: the same tests again.

[OnPostgres]
public sealed class PostgresLifeOfARunTests : LifeOfARunTests;

[OnPostgres]
public sealed class PostgresListingTests : ListingTests;

[OnPostgres]
public sealed class PostgresSummaryTests : SummaryTests;

[OnPostgres]
public sealed class PostgresRoundTripTests : RoundTripTests;

[OnPostgres]
public sealed class PostgresClaimTests : ClaimTests;

[OnPostgres]
public sealed class PostgresLabelledReadingTests : LabelledReadingTests;

[OnPostgres]
public sealed class PostgresKeyTests : KeyTests;

[OnPostgres]
public sealed class PostgresKeyCostTests : KeyCostTests;

[OnPostgres]
public sealed class PostgresScoreTests : ScoreTests;

[OnPostgres]
public sealed class PostgresOutboxTests : OutboxTests;

[OnPostgres]
public sealed class PostgresJobClaimTests : JobClaimTests;

[OnPostgres]
public sealed class PostgresAttemptTests : AttemptTests;

[OnPostgres]
public sealed class PostgresPurgeTests : PurgeTests;

[OnPostgres]
public sealed class PostgresScheduledExportTests : ScheduledExportTests;

[OnPostgres]
public sealed class PostgresTrailTests : TrailTests;

[OnPostgres]
public sealed class PostgresCollectionTests : CollectionTests;

[OnPostgres]
public sealed class PostgresEvidenceKillTests(ITestOutputHelper output) : EvidenceKillTests(output);

[OnPostgres]
public sealed class PostgresEvidenceRecordTests : RecordTests;

[OnPostgres]
public sealed class PostgresPassageSearchTests : SearchTests;

[OnPostgres]
public sealed class PostgresEvidenceExportTests : EvidenceExportTests;

[OnPostgres]
public sealed class PostgresEvidenceImportTests : EvidenceImportTests;

[OnPostgres]
public sealed class PostgresVectorTests : VectorTests;

[OnPostgres]
public sealed class PostgresEmbeddingKillTests(ITestOutputHelper output) : EmbeddingKillTests(output);
