"""Oracle for RankCorrelation.Spearman: scipy.stats.spearmanr (1.10.1) on drawn cases, most of them with ties.

    /usr/bin/python3 eng/oracles/spearman.py > tests/Consensus.Core.Tests/Oracles/spearman.json
"""
import json
import numpy as np
from scipy.stats import spearmanr

random = np.random.default_rng(7)
entries = []
for n in (3, 4, 7, 12, 50):
    for levels in (2, 5, 1000):
        x, y = random.integers(0, levels, n) / 4, random.integers(0, levels, n)
        if len(set(x)) > 1 and len(set(y)) > 1:
            entries.append({"x": x.tolist(), "y": y.tolist(), "rho": float(spearmanr(x, y).statistic)})
print(json.dumps(entries))
