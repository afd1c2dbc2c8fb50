"""Reference results for the calibration, evaluation and abstention of Consensus.Core, computed by scikit-learn and scipy.

Run with Debian's python3 and the packages python3-numpy, python3-scipy and python3-sklearn:

    /usr/bin/python3 eng/oracles/calibration.py > tests/Consensus.Core.Tests/Oracles/calibration.json

The output depends on the seed below alone (scikit-learn 1.2.1, scipy 1.10.1, numpy 1.24.2).
"""
import json
import sys

import numpy as np
from scipy import optimize, stats
from scipy.special import expit
from sklearn.isotonic import IsotonicRegression, isotonic_regression

rng = np.random.default_rng(20240517)


def pool_adjacent_violators():
    cases = []
    for n in (1, 2, 7, 40, 200):
        y = np.round(rng.normal(np.linspace(0, 1, n), 0.6), 3)
        w = np.round(rng.uniform(0.1, 4, n), 3)
        cases.append({"y": y, "weights": w, "fitted": isotonic_regression(y, sample_weight=w)})
    return cases


def labelled(n, values):
    """Raw confidences of a few distinct values, so that most are tied, over-confident truths and weights."""
    x = rng.choice(np.round(np.sort(rng.beta(4, 1.5, values)), 3), n)
    y = (rng.uniform(size=n) < 0.15 + 0.7 * x**2).astype(float)
    return x, y, np.round(rng.uniform(0.2, 3, n), 3)


def logit(x):
    kept = np.clip(x, 1e-6, 1 - 1e-6)
    return np.log(kept / (1 - kept))


def maps():
    cases = []
    for n, values in ((12, 6), (60, 25), (300, 40), (400, 400)):
        x, y, w = labelled(n, values)
        if n == 60:
            y[:9] = 0.5
        regression = IsotonicRegression(out_of_bounds="clip").fit(x, y, sample_weight=w)
        predicted = np.round(regression.predict(x), 12)
        levels = np.unique(predicted)
        centres = [np.average(x[predicted == level], weights=w[predicted == level]) for level in levels]

        hits, misses = (w * y).sum(), (w * (1 - y)).sum()
        target = y * (hits + 1) / (hits + 2) + (1 - y) / (misses + 2)
        z = logit(x)

        def loss(p, z=z, t=target, w=w):
            s = p[0] * z + p[1]
            return (w * (np.logaddexp(0, s) - t * s)).sum()

        platt = optimize.minimize(loss, [1.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 20000, "maxfev": 20000}).x

        def cooled(inverse, z=z, y=y, w=w):
            return (w * (np.logaddexp(0, inverse * z) - y * inverse * z)).sum()

        inverse = optimize.minimize_scalar(cooled, bounds=(0.01, 100), method="bounded", options={"xatol": 1e-12}).x
        cases.append({
            "x": x, "y": y, "weights": w, "knotsX": centres, "knotsY": levels,
            "slope": platt[0], "intercept": platt[1], "temperature": 1 / inverse,
        })
    return cases


def proportions():
    """The four examples of Newcombe (1998) and some more; the Wilson interval also by scipy."""
    cases = []
    for hits, n, level in ((81, 263, 0.95), (15, 148, 0.95), (0, 20, 0.95), (1, 29, 0.95), (29, 29, 0.9), (500, 1000, 0.99)):
        test = stats.binomtest(hits, n)
        wilson, exact = test.proportion_ci(level, "wilson"), test.proportion_ci(level, "exact")
        upper = stats.binomtest(hits, n, alternative="less").proportion_ci(level, "exact").high
        cases.append({"hits": hits, "n": n, "level": level, "wilson": list(wilson), "exact": list(exact), "upper": upper})
    return cases


def mcnemar():
    return [{"b": b, "c": c, "p": 1.0 if b + c == 0 else stats.binomtest(b, b + c).pvalue}
            for b, c in ((12, 2), (1, 7), (0, 0), (5, 5), (0, 6), (40, 61), (300, 251), (17, 4))]


def tolist(value):
    return value.tolist() if hasattr(value, "tolist") else value


result = {"pav": pool_adjacent_violators(), "maps": maps(), "proportions": proportions(), "mcnemar": mcnemar()}
json.dump(result, sys.stdout, default=tolist, separators=(",", ":"))
sys.stdout.write("\n")
