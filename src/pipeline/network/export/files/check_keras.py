"""Checks model.h5 in Keras 3: pip install numpy keras tensorflow"""

import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402

import golden  # noqa: E402

model = keras.models.load_model(Path(__file__).with_name("model.h5"), compile=False)
golden.check(lambda values: model.predict(values, verbose=0))
