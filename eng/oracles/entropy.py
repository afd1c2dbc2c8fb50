"""Oracle for SemanticEntropy.CoverageCorrected: the formula of Chao and Shen (2003), "Nonparametric estimation of Shannon's index of diversity when there are
unseen species in sample", Environmental and Ecological Statistics 10, in decimal arithmetic of 50 digits.

With f1 the number of classes seen once and n the sample's size: coverage C = 1 - f1/n (Good 1953), shrunken shares q = C*x/n, and the Horvitz-Thompson sum
H = -sum q ln q / (1 - (1 - q)^n). A sample of singletons alone would have C = 0; one of them is then taken as seen before (f1 = n - 1).

    /usr/bin/python3 eng/oracles/entropy.py > tests/Consensus.Core.Tests/Oracles/entropy.json
"""
import json
from decimal import Decimal, getcontext

getcontext().prec = 50
CASES = [[4, 2, 3, 0, 2, 4, 0, 0, 2, 1, 1], [3, 1], [2, 1, 1], [4, 1], [1, 1, 1, 1, 1], [1, 1], [5], [10, 10], [7, 1, 1, 1], [50, 30, 10, 5, 2, 1, 1, 1]]


def chao_shen(counts):
    seen = [Decimal(x) for x in counts if x > 0]
    n = sum(seen)
    once = sum(1 for x in seen if x == 1)
    once = once - 1 if once == n else once
    shares = [(1 - once / n) * x / n for x in seen]
    return -sum(q * q.ln() / (1 - (1 - q) ** n) for q in shares)


print(json.dumps([{"counts": c, "nats": float(chao_shen(c))} for c in CASES], indent=2))
