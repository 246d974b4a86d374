"""Checks model.onnx in ONNX Runtime: pip install numpy onnxruntime"""

from pathlib import Path

import onnxruntime

import golden

session = onnxruntime.InferenceSession(str(Path(__file__).with_name("model.onnx")), providers=["CPUExecutionProvider"])
# A network of one channel reads its plane as [1, 1, size, size]: the same values in the same order.
shape = [1, *session.get_inputs()[0].shape[1:]]
golden.check(lambda values: session.run(["probabilities"], {"input": values.reshape(shape)})[0])
