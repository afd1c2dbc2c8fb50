"""Oracle for BradleyTerry: the log-likelihood maximised by scipy's BFGS, apart from any algorithm made for the model.

The data are the American League's eastern division of 1987, from Agresti, "Categorical Data Analysis", section 10.6: row beat column so many times. Published
for them (Agresti; also Turner and Firth, "Bradley-Terry models in R", as log strengths over Baltimore): Boston 1.1077, Cleveland 0.6839, Detroit 1.4364,
Milwaukee 1.5814, New York 1.2476, Toronto 1.2945; the script stops when it does not come to these. The second fit has half a virtual win and half a virtual loss
of every team against an opponent of log strength 0.

    /usr/bin/python3 eng/oracles/bradley_terry.py > tests/Consensus.Core.Tests/Oracles/bradley_terry.json
"""
import json
import numpy as np
from scipy.optimize import minimize

TEAMS = ["Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore"]
WINS = np.array([[0, 7, 9, 7, 7, 9, 11], [6, 0, 7, 5, 11, 9, 9], [4, 6, 0, 7, 7, 8, 12], [6, 8, 6, 0, 6, 7, 10], [6, 2, 6, 7, 0, 7, 12], [4, 4, 5, 6, 6, 0, 6],
                 [2, 4, 1, 3, 1, 7, 0]])
PUBLISHED = {"Boston": 1.1077, "Cleveland": 0.6839, "Detroit": 1.4364, "Milwaukee": 1.5814, "New York": 1.2476, "Toronto": 1.2945}


def fit(prior):
    def loss(theta):
        edge = theta[:, None] - theta[None, :]
        virtual = prior / 2 * (np.logaddexp(0, theta) + np.logaddexp(0, -theta))
        return (WINS * np.logaddexp(0, -edge)).sum() + virtual.sum() + (theta.mean() ** 2 if prior == 0 else 0)

    theta = minimize(loss, np.zeros(len(TEAMS)), method="BFGS", options={"gtol": 1e-9}).x
    return theta - theta.mean()


free = fit(0)
for team, published in PUBLISHED.items():
    assert abs(free[TEAMS.index(team)] - free[-1] - published) < 0.0001, team

print(json.dumps({"teams": TEAMS, "wins": WINS.tolist(), "logStrengths": free.tolist(), "withPriorOfOneGame": fit(1).tolist()}))
