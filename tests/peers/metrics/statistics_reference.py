"""Tests, fits and curves of JSON tasks by statsmodels, scipy, scikit-learn and numpy: tasks on stdin, results on stdout."""

import json
import sys

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from scipy.stats import binom
from sklearn.metrics import roc_curve
from statsmodels.stats.contingency_tables import mcnemar


def test_of(pair):
    fixed, broken = pair
    exact = mcnemar([[0, fixed], [broken, 0]], exact=True).pvalue
    n, k = fixed + broken, min(fixed, broken)
    # Fagerland, Lydersen & Laake 2013, section "The McNemar mid-p test".
    mid = 1 - binom.pmf(k, n, 0.5) / 2 if fixed == broken else 2 * binom.cdf(k, n, 0.5) - binom.pmf(k, n, 0.5)
    return [float(exact), float(mid) if n > 0 else 1.0]


def temperature_of(task):
    truth = np.array(task["truth"])
    logits = np.log(np.maximum(np.array(task["probabilities"], dtype=np.float64), 2.0**-149))
    rows = np.arange(len(truth))

    def loss(log_temperature):
        return -log_softmax(logits / np.exp(log_temperature), axis=1)[rows, truth].mean()

    best = minimize_scalar(loss, bounds=(np.log(0.05), np.log(20)), method="bounded", options={"xatol": 1e-10})
    scaled = softmax(logits / 2.5, axis=1)
    return {
        "temperature": float(np.exp(best.x)),
        "before": float(loss(0.0)),
        "after": float(best.fun),
        "scaled": scaled.tolist(),
    }


def youden_of(task):
    fpr, tpr, _ = roc_curve(task["labels"], task["scores"], drop_intermediate=False)
    return float(np.max(tpr - fpr))


def conformal_of(task):
    """Class-wise quantiles of 1 - p by numpy's own higher rule, and who is covered."""
    truth = np.array(task["truth"])
    p = np.array(task["probabilities"])
    thresholds = []
    for k in range(p.shape[1]):
        scores = 1 - p[truth == k, k]
        level = (len(scores) + 1) * (1 - task["error"]) / len(scores)
        # Too few cases for the promise: every one of them is covered.
        thresholds.append(np.quantile(scores, min(1, level), method="inverted_cdf"))
    return [[bool(1 - row[k] <= thresholds[k] + 1e-15) for k in range(p.shape[1])] for row in p]


def coverage_of(task):
    """Mean risk over the coverages 1/n .. 1, each coverage counted with the cases tied at its end."""
    confidence = np.array(task["scores"])
    wrong = 1 - np.array(task["labels"], dtype=float)
    risks = []
    for each in confidence:
        answered = confidence >= each
        risks.append(wrong[answered].mean())
    return float(np.mean(risks))


def main():
    given = json.load(sys.stdin)
    json.dump(
        {
            "mcnemar": [test_of(pair) for pair in given["pairs"]],
            "temperatures": [temperature_of(task) for task in given["labelled"]],
            "conformal": [conformal_of({**task, "error": 0.1}) for task in given["labelled"]],
            "youden": [youden_of(task) for task in given["scored"]],
            "aurc": [coverage_of(task) for task in given["scored"]],
        },
        sys.stdout,
    )


main()
