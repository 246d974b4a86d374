"""Inputs that an exported preprocess.py makes, compared with ours. Prints JSON: the largest deviation of each case.

    preprocess_all.py FOLDER CASES.json
"""

import json
import sys
from pathlib import Path

import numpy as np
import pydicom

sys.path.insert(0, sys.argv[1])
import preprocess  # noqa: E402


def made(case):
    source, contract = case["source"], case["contract"]
    if source.endswith(".npy"):
        array = np.load(source)
        if case["domain"] == "hounsfield":
            return preprocess.input_from_hounsfield(array, contract)
        return preprocess.input_from_grey(array, case["white"], contract)
    if source.endswith(".dcm"):
        data = pydicom.dcmread(source)
        hounsfield = data.pixel_array * float(data.RescaleSlope) + float(data.RescaleIntercept)
        return preprocess.input_from_hounsfield(hounsfield, contract)
    return preprocess.input_from_picture(source, contract)


worst = []
for case in json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")):
    expected = np.load(case["expected"])
    got = made(case)[np.newaxis]
    worst.append(float(np.max(np.abs(got - expected))) if got.shape == expected.shape else None)
print(json.dumps(worst))
