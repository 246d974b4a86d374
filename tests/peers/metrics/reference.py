"""Metrics of JSON cases by scikit-learn and numpy: cases on stdin, results on stdout, in order.

Written from the definitions, without a look at Hilum's own code path: what is undefined is null.
"""

import json
import sys
import warnings

import numpy as np
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

warnings.filterwarnings("ignore")


def defined(value):
    return None if value is None or np.isnan(value) else float(value)


def calibration_error(truth, predicted, probabilities, bins=15):
    """Guo et al. 2017, eq. 3, bins (low, high]; edges m / bins."""
    confidence = probabilities.max(axis=1)
    edges = np.arange(bins + 1) / bins
    which = np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, bins - 1)
    error = 0.0
    for b in np.unique(which):
        inside = which == b
        gap = np.mean(truth[inside] == predicted[inside]) - np.mean(confidence[inside])
        error += inside.mean() * abs(gap)
    return error


def reliability(truth, predicted, probabilities, bins=15):
    """calibration_curve of (answer right?, confidence): its bins are [low, high), so a hair is taken off the edges."""
    confidence = probabilities.max(axis=1)
    edges = np.arange(bins + 1) / bins
    on_edge = np.isin(confidence, edges) & (confidence > 0)
    moved = np.where(on_edge, np.nextafter(confidence, 0), confidence)
    right = (truth == predicted).astype(int)
    accuracy, mean = calibration_curve(right, moved, n_bins=bins, strategy="uniform")
    return [accuracy.tolist(), mean.tolist()]


def one_case(case):
    truth = np.array(case["truth"], dtype=int)
    probabilities = np.array(case["probabilities"], dtype=np.float64)
    count = probabilities.shape[1]
    labels = np.arange(count)
    predicted = probabilities.argmax(axis=1)
    present = set(truth.tolist())
    aucs = []
    precisions = []
    sensitivity = []
    specificity = []
    for k in labels:
        mine = (truth == k).astype(int)
        both = 0 < mine.sum() < len(mine)
        aucs.append(defined(sk.roc_auc_score(mine, probabilities[:, k])) if both else None)
        precisions.append(sk.average_precision_score(mine, probabilities[:, k]) if mine.any() else None)
        called = (predicted == k).astype(int)
        sensitivity.append(sk.recall_score(mine, called) if mine.any() else None)
        specificity.append(sk.recall_score(mine, called, pos_label=0) if not mine.all() else None)
    if len(present) == count and count > 2:
        macro_auc = sk.roc_auc_score(truth, probabilities, multi_class="ovr", average="macro")
    else:
        known = [auc for auc in aucs if auc is not None]
        macro_auc = float(np.mean(known)) if known else None
    curve = None
    if aucs[0] is not None:
        fpr, tpr, thresholds = sk.roc_curve(truth == 0, probabilities[:, 0])
        curve = [fpr.tolist(), tpr.tolist(), thresholds[1:].tolist()]
    pr_curve = None
    if 0 in present:
        precision, recall, thresholds = sk.precision_recall_curve(truth == 0, probabilities[:, 0])

        pr_curve = [precision[:-1].tolist(), recall[:-1].tolist(), thresholds.tolist()]
    return {
        "confusion": sk.confusion_matrix(truth, predicted, labels=labels).tolist(),
        "accuracy": sk.accuracy_score(truth, predicted),
        "balanced_accuracy": sk.balanced_accuracy_score(truth, predicted),
        "macro_f1": sk.f1_score(truth, predicted, average="macro", zero_division=0),
        "auc": macro_auc,
        "log_loss": sk.log_loss(truth, probabilities, labels=labels),
        "brier": sk.brier_score_loss(truth, probabilities, labels=labels, scale_by_half=False),
        "ece": calibration_error(truth, predicted, probabilities),
        "class_auc": aucs,
        "average_precision": precisions,
        "precision_recall": pr_curve,
        "calibration_curve": reliability(truth, predicted, probabilities),
        "sensitivity": sensitivity,
        "specificity": specificity,
        "roc": curve,
    }


def one_interval(task):
    """Percentile interval of accuracy and macro AUC over given draws of groups, each resample built anew."""
    truth = np.array(task["truth"], dtype=int)
    probabilities = np.array(task["probabilities"], dtype=np.float64)
    group = np.array(task["group"], dtype=int)
    members = [np.flatnonzero(group == g) for g in range(group.max() + 1)]
    accuracies = []
    aucs = []
    for draw in task["draws"]:
        rows = np.concatenate([members[g] for g in draw])
        t, p = truth[rows], probabilities[rows]
        accuracies.append(sk.accuracy_score(t, p.argmax(axis=1)))
        each = [
            sk.roc_auc_score(t == k, p[:, k]) for k in range(p.shape[1]) if 0 < (t == k).sum() < len(t)
        ]
        if each:
            aucs.append(np.mean(each))
    return [np.percentile(values, [2.5, 97.5]).tolist() for values in (accuracies, aucs)]


def main():
    given = json.load(sys.stdin)
    json.dump(
        {
            "cases": [one_case(case) for case in given["cases"]],
            "intervals": [one_interval(task) for task in given["intervals"]],
        },
        sys.stdout,
    )


main()
