"""Asks an exported model the golden questions and compares its answers with the sealed ones.

Research use only. Not for diagnosis. Used by check.py.
"""

import json
import sys
from pathlib import Path

import numpy as np

import preprocess

FOLDER = Path(__file__).parent
TOLERANCE = 1e-4


def check(predict):
    """`predict` takes float32 [1, size, size, channels] and gives the probabilities. Ends the program with 0 or 1."""
    golden = json.loads((FOLDER / "golden.json").read_text(encoding="utf-8"))
    inputs, answers = 0.0, 0.0
    for case in golden["cases"]:
        expected = np.load(FOLDER / case["input"], allow_pickle=False)
        picture = np.load(FOLDER / case["picture"], allow_pickle=False)
        hounsfield = case["domain"] == "hounsfield"
        made = preprocess.input_from_hounsfield(picture) if hounsfield else preprocess.input_from_grey(picture)
        inputs = max(inputs, deviation(made[np.newaxis], expected))
        answers = max(answers, deviation(np.ravel(predict(expected)), np.asarray(case["probabilities"])))
    fine = inputs <= TOLERANCE and answers <= TOLERANCE
    print(f"{len(golden['cases'])} golden inputs; largest deviation of an input {inputs:.1e}, of an answer {answers:.1e}")
    print("OK" if fine else f"NOT EQUAL (allowed {TOLERANCE:.0e})")
    print("Research use only. Not for diagnosis.")
    sys.exit(0 if fine else 1)


def deviation(a, b):
    if a.shape != b.shape or not np.all(np.isfinite(a)):
        return float("inf")
    return float(np.max(np.abs(a.astype(np.float64) - b.astype(np.float64))))
