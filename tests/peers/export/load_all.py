"""Golden answers of exported models in Keras and ONNX Runtime. Prints JSON: format of a folder's name -> facts.

    load_all.py FOLDER...
"""

import json
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import onnxruntime


def answers_of(folder):
    if (folder / "model.h5").exists():
        model = keras.models.load_model(folder / "model.h5", compile=False)
        order = [layer.name for layer in model.layers]
        return lambda values: np.asarray(model(values)), order
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    shape = [1, *session.get_inputs()[0].shape[1:]]
    metadata = session.get_modelmeta().custom_metadata_map
    return lambda values: session.run(None, {"input": values.reshape(shape)})[0], metadata


def main():
    found = {}
    for name in sys.argv[1:]:
        folder = Path(name)
        predict, facts = answers_of(folder)
        golden = json.loads((folder / "golden.json").read_text(encoding="utf-8"))
        worst = 0.0
        for case in golden["cases"]:
            got = np.ravel(predict(np.load(folder / case["input"])))
            worst = max(worst, float(np.max(np.abs(got - np.asarray(case["probabilities"])))))
        found[name] = {"worst": worst, "facts": facts, "cases": len(golden["cases"])}
    print(json.dumps(found))


main()
