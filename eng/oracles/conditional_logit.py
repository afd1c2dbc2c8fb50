"""Independent fits of the penalised conditional logit for tests/Consensus.Core.Tests/Oracles/conditional_logit.json.

Run from the repository's root with Debian's python3-numpy and python3-scipy:

    OMP_NUM_THREADS=1 /usr/bin/python3 eng/oracles/conditional_logit.py

Written from McFadden (1974), "Conditional Logit Analysis of Qualitative Choice Behavior": dense features, the log-likelihood less the Gaussian penalty, maximised by scipy's
BFGS and then Powell: the problem is strictly concave, so any good optimiser finds the one maximum.
"""
import json
import pathlib

import numpy as np
from scipy.optimize import minimize


def draw(rng, questions, models):
    """Votes of models of different skill over up to four answers; the last alternative is 'none of these'."""
    skill = np.linspace(0.3, 0.85, models)
    out = []
    for _ in range(questions):
        votes = [0 if rng.random() < s else int(rng.integers(1, 4)) for s in skill]
        votes = [v if rng.random() < 0.9 else -1 for v in votes]
        seen = sorted({v for v in votes if v >= 0})
        alternatives = [[j for j, v in enumerate(votes) if v == a] for a in seen] + [[models]]
        out.append({"alternatives": alternatives, "chosen": seen.index(0) if 0 in seen else len(seen)})
    return out


def negative(theta, data, prior, precision):
    value = 0.5 * np.sum(precision * (theta - prior) ** 2)
    for question in data:
        scores = np.array([sum(theta[f] for f in alternative) for alternative in question["alternatives"]])
        top = scores.max()
        value -= scores[question["chosen"]] - top - np.log(np.exp(scores - top).sum())
    return value


cases = []
for seed, questions, models in ((1, 40, 3), (2, 120, 5)):
    rng = np.random.default_rng(seed)
    data = draw(rng, questions, models)
    prior = np.round(rng.normal(0.5, 0.3, models + 1), 3)
    precision = np.round(rng.uniform(0.5, 5, models + 1), 3)
    fit = minimize(negative, prior, (data, prior, precision), method="BFGS", options={"gtol": 1e-9})
    fit = minimize(negative, fit.x, (data, prior, precision), method="Powell", options={"xtol": 1e-12, "ftol": 1e-15, "maxiter": 20000})
    cases.append({"questions": data, "prior": prior.tolist(), "precision": precision.tolist(), "theta": np.atleast_1d(fit.x).tolist(), "objective": float(-fit.fun)})

pathlib.Path("tests/Consensus.Core.Tests/Oracles/conditional_logit.json").write_text(json.dumps(cases) + "\n")
