"""Independent Dawid-Skene fits for tests/Consensus.Core.Tests/Oracles/dawid-skene.json.

Run from the repository's root with Debian's python3-numpy:

    /usr/bin/python3 eng/oracles/dawid_skene.py

Written from Dawid and Skene (1979), "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm", Applied Statistics 28(1), 20-28: equations 2.3 to 2.5
(M-step, E-step), 2.7 (likelihood) and 3.1 (start at the shares of the votes). It works on dense arrays of counts and on probabilities, not on logarithms. Item labels that are known keep
a posterior of one. EM ends when no posterior changes by as much as the tolerance. "ratings" is table 1 of the paper: 45 patients, 5 anaesthetists, the first of whom rated three times.
"""
import json
import pathlib

import numpy as np

# Per patient: the three ratings of observer 1, then those of observers 2 to 5.
RATINGS = """1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343 1111111 2223212 1211111
1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222 1111111 1111111 2322222 1111111 1111111 1121121
1111111 3333233 1111111 2222222 2223232 4334343 2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222""".split()


def start(counts, open_share, gold):
    total = counts.sum(axis=(1, 2))
    posterior = counts.sum(axis=1) / np.maximum(total, 1)[:, None]
    posterior[total == 0] = open_share[total == 0]
    return fix(posterior, gold)


def fix(posterior, gold):
    for item, label in enumerate(gold):
        if label is not None:
            posterior[item] = 0
            posterior[item, label] = 1
    return posterior


def em(m_step, joint, posterior, gold, tolerance, cap):
    iterations, converged = 0, False
    while iterations < cap and not converged:
        iterations += 1
        parameters = m_step(posterior)
        p = joint(parameters)
        known = np.array([p[i, g] if g is not None else p[i].sum() for i, g in enumerate(gold)])
        log_likelihood = float(np.log(known).sum())
        updated = fix(p / p.sum(axis=1, keepdims=True), gold)
        converged = bool(np.abs(updated - posterior).max() < tolerance)
        posterior = updated
    return parameters, posterior, log_likelihood, iterations, converged


def count(votes, items, workers, labels):
    counts = np.zeros((items, workers, labels))
    for item, worker, label in votes:
        counts[item, worker, label] += 1
    return counts


def confusion(votes, items, workers, labels, gold, tolerance, cap, smoothing):
    counts = count(votes, items, workers, labels)

    def m_step(t):
        prior = (t.sum(axis=0) + smoothing) / (items + labels * smoothing)
        pi = np.einsum("ij,ikl->kjl", t, counts) + smoothing
        mass = pi.sum(axis=2, keepdims=True)
        return prior, np.where(mass > 0, pi / np.where(mass > 0, mass, 1), 1 / labels)

    def joint(parameters):
        prior, pi = parameters
        return prior * np.prod(pi[None] ** counts[:, :, None, :], axis=(1, 3))

    t = start(counts, np.full((items, labels), 1 / labels), gold)
    (prior, pi), t, ll, n, ok = em(m_step, joint, t, gold, tolerance, cap)
    return dict(prior=prior.tolist(), confusion=pi.tolist(), posteriors=t.tolist(), logLikelihood=ll, iterations=n, converged=ok)


def one_coin(votes, items, workers, gold, tolerance, cap, smoothing, estimate_prior):
    """items: (labels, alternatives) each; the last column of the arrays stands for all alternatives that are no label of the item."""
    most = max(labels for labels, _ in items)
    counts = count(votes, len(items), workers, most + 1)
    k = np.array([a for _, a in items])
    share = np.zeros((len(items), most + 1))
    for i, (labels, alternatives) in enumerate(items):
        share[i, :labels] = 1 / max(labels, alternatives)
        share[i, most] = max(0, alternatives - labels) / max(labels, alternatives)

    def m_step(t):
        right = np.einsum("il,ijl->j", t[:, :most], counts[:, :, :most]) + smoothing
        given = counts.sum(axis=(0, 2)) + 2 * smoothing
        prior = t.sum(axis=0) + smoothing * (share > 0).any(axis=0) if estimate_prior else None
        return np.where(given > 0, right / np.where(given > 0, given, 1), 0.5), prior

    def joint(parameters):
        r, prior = parameters
        p = share.copy() if prior is None else np.tile(prior / prior.sum(), (len(items), 1))
        for i in range(len(items)):
            for j in range(workers):
                for label in range(most + 1):
                    right = counts[i, j, label] if label < most else 0
                    p[i, label] *= r[j] ** right * ((1 - r[j]) / (k[i] - 1)) ** (counts[i, j].sum() - right)
        return p

    t = start(counts, share, gold)
    (r, prior), t, ll, n, ok = em(m_step, joint, t, gold, tolerance, cap)
    return dict(reliabilities=r.tolist(), prior=None if prior is None else (prior / prior.sum())[:most].tolist(),
                posteriors=[t[i, :labels].tolist() for i, (labels, _) in enumerate(items)], logLikelihood=ll, iterations=n, converged=ok)


def draw(rng, truth, alternatives, skill, missing):
    votes = []
    for i, (t, k) in enumerate(zip(truth, alternatives)):
        for j, r in enumerate(skill):
            if rng.random() >= missing:
                votes.append([i, j, int(t if rng.random() < r else (t + 1 + rng.integers(k - 1)) % k)])
    return votes


def main():
    rng = np.random.default_rng(1979)
    cases = []
    anaesthetists = [[i, max(0, n - 2), int(c) - 1] for i, row in enumerate(RATINGS) for n, c in enumerate(row)]
    for name, votes, items, workers, labels, known, smoothing, cap in [
        ("ratings", anaesthetists, 45, 5, 4, 0, 0, 500),
        ("ratings after 3 iterations", anaesthetists, 45, 5, 4, 0, 0, 3),
        ("missing votes", None, 60, 6, 3, 0, 0, 2000),
        ("missing votes and gold", None, 60, 6, 3, 15, 0, 2000),
        ("missing votes, gold and smoothing", None, 60, 6, 3, 15, 0.5, 2000),
    ]:
        gold = [None] * items
        if votes is None:
            truth = rng.integers(labels, size=items).tolist()
            votes = draw(rng, truth, [labels] * items, [0.9, 0.8, 0.75, 0.7, 0.6, 0.3], 0.25)
            gold = [t if i < known else None for i, t in enumerate(truth)]
        fit = confusion(votes, items, workers, labels, gold, 1e-8, cap, smoothing)
        cases.append(dict(name=name, model="confusion", votes=votes, workers=workers, labels=[labels] * items, alternatives=[labels] * items, gold=gold, smoothing=smoothing, tolerance=1e-8, cap=cap,
                          estimatePrior=True, fit=fit))
    for name, closed, known, smoothing, estimate in [
        ("two labels, prior estimated", True, 0, 0, True),
        ("two labels, gold and smoothing, prior estimated", True, 20, 1, True),
        ("open answers", False, 0, 0, False),
        ("open answers and gold", False, 20, 0, False),
        ("open answers, gold and smoothing", False, 20, 0.5, False),
    ]:
        n, skill = 80, [0.9, 0.75, 0.7, 0.6, 0.35]
        wide = [2] * n if closed else rng.integers(2, 6, size=n).tolist()
        truth = [int(rng.random() < 0.35) for _ in range(n)] if closed else [int(rng.integers(k)) for k in wide]
        votes = draw(rng, truth, wide, skill, 0.2)
        items = [(2, 2.0)] * n if closed else [(k, float(max(1.5, k + rng.choice([-0.7, 0, 1.5])))) for k in wide]
        gold = [t if i < known else None for i, t in enumerate(truth)]
        fit = one_coin(votes, items, len(skill), gold, 1e-8, 2000, smoothing, estimate)
        cases.append(dict(name=name, model="oneCoin", votes=votes, workers=len(skill), labels=[l for l, _ in items], alternatives=[a for _, a in items], gold=gold, smoothing=smoothing,
                          tolerance=1e-8, cap=2000, estimatePrior=estimate, fit=fit))
    target = pathlib.Path("tests/Consensus.Core.Tests/Oracles/dawid-skene.json")
    target.write_text(json.dumps(cases, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
    for case in cases:
        print(case["name"], case["fit"]["iterations"], case["fit"]["converged"], case["fit"]["logLikelihood"])


main()
