"""Oracle for KrippendorffAlpha: observed and expected disagreement summed over all pairs of values, without a coincidence matrix.

The first table is the worked example of Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", sections C and D: four observers, twelve units, missing
values. Published there: nominal .743, ordinal .815, interval .849, ratio .797; the script stops when it does not come to these. The others are drawn at random.

    /usr/bin/python3 eng/oracles/alpha.py > tests/Consensus.Core.Tests/Oracles/alpha.json
"""
import json
import numpy as np

WORKED = """1 2 3 3 2 1 4 1 2 . . .
            1 2 3 3 2 2 4 1 2 5 . 3
            . 3 3 3 2 3 4 2 2 5 1 .
            1 2 3 3 2 4 4 1 2 5 1 ."""
PUBLISHED = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}


def distances(values, metric):
    """The squared difference of every pair of the pairable values."""
    if metric == "nominal":
        return (values[:, None] != values[None, :]).astype(float)
    if metric == "interval":
        return (values[:, None] - values[None, :]) ** 2
    if metric == "ratio":
        total = values[:, None] + values[None, :]
        return ((values[:, None] - values[None, :]) / np.where(total == 0, 1, total)) ** 2
    # Ordinal: the number of values that lie between the two, each end counted half. That is the difference of mid-ranks.
    ranks = np.array([(values < v).sum() + (values == v).sum() / 2 for v in values])
    return (ranks[:, None] - ranks[None, :]) ** 2


def alpha(table, metric):
    table = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
    unit = np.concatenate([[u] * int((~np.isnan(table[:, u])).sum()) for u in range(table.shape[1])])
    values = np.concatenate([table[~np.isnan(table[:, u]), u] for u in range(table.shape[1])])
    d = distances(values, metric)
    n = len(values)
    sizes = np.bincount(unit)[unit]
    observed = sum(d[i, j] / (sizes[i] - 1) for i in range(n) for j in range(n) if unit[i] == unit[j]) / n
    return 1 - observed / (d.sum() / (n * (n - 1)))


tables = [np.array([[np.nan if x == "." else float(x) for x in row.split()] for row in WORKED.split("\n")])]
for metric, published in PUBLISHED.items():
    assert abs(alpha(tables[0], metric) - published) < 0.0005, metric

random = np.random.default_rng(1)
for raters, units, grades in [(2, 10, 2), (3, 25, 5), (5, 40, 3)]:
    truth = random.integers(0, grades, units)
    table = np.where(random.random((raters, units)) < 0.7, truth, random.integers(0, grades, (raters, units))).astype(float)
    table[random.random((raters, units)) < 0.15] = np.nan
    tables.append(table)

print(json.dumps([
    {"ratings": [[None if np.isnan(x) else x for x in row] for row in table], **{m: alpha(table, m) for m in PUBLISHED}} for table in tables]))
