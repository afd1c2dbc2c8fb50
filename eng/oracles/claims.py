"""Reference results for the measures of consensus bench claims, computed by scikit-learn.

Run with Debian's python3 and the packages python3-numpy and python3-sklearn, CONSENSUS_SUITES naming the folder of the recorded answers:

    /usr/bin/python3 eng/oracles/claims.py > tests/Consensus.Core.Tests/Oracles/claims.json

The cases depend on the seed below alone, the suites' figures on the suites (scikit-learn 1.2.1, numpy 1.24.2).
"""
import gzip
import json
import os

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

rng = np.random.default_rng(20240601)


def average_precision():
    cases = []
    for n, values in ((5, 3), (40, 4), (200, 30), (300, 10**9)):
        truths = rng.uniform(size=n) < 0.4
        truths[0] = True
        scores = rng.integers(0, values, n) / values + 0.0
        scores = np.round(scores + 0.2 * truths, 6)
        cases.append({"scores": scores.tolist(), "truths": truths.tolist(), "value": average_precision_score(truths, scores)})
    return cases


def suite(name):
    with gzip.open(os.path.join(os.environ["CONSENSUS_SUITES"], name + ".jsonl.gz"), "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    claims = [(claim["label"] != "supported", row, claim) for row in rows for claim in row["claims"]]
    labels = [label for label, _, _ in claims]

    def auroc(length):
        # Lengths in UTF-16 code units, as .NET counts.
        return roc_auc_score(labels, [len(length(row, claim).encode("utf-16-le")) // 2 for _, row, claim in claims])

    return {
        "questions": len({row["question_id"] for row in rows}),
        "responses": len(rows),
        "claims": len(claims),
        "unsupported": sum(labels),
        "aurocLength": auroc(lambda row, claim: row["response"]),
        "aurocClaimLength": auroc(lambda row, claim: claim["text"]),
        "hallucinationRate": float(np.mean([np.mean([claim["label"] != "supported" for claim in row["claims"]]) for row in rows])),
    }


print(json.dumps({
    "averagePrecision": average_precision(),
    "suites": {name: suite(name) for name in ("claims-refchecker", "claims-factscore")},
}))
