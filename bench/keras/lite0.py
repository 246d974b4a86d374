"""EfficientNet-Lite0 in Keras from the same tfjs weights that the product ships: the peer of the speed comparison."""
import json
import os

import numpy as np
from keras import Model, layers


def read_weights(folder):
    with open(os.path.join(folder, "model.json"), encoding="utf8") as file:
        groups = json.load(file)["weightsManifest"]
    arrays = {}
    for group in groups:
        data = b"".join(open(os.path.join(folder, path), "rb").read() for path in group["paths"])
        at = 0
        for spec in group["weights"]:
            count = int(np.prod(spec["shape"]))
            arrays[spec["name"]] = np.frombuffer(data, "<f4", count, at).reshape(spec["shape"])
            at += 4 * count
        assert at == len(data)
    return arrays


STAGES = [
    ("block1", 1, 3, 1, 1, 16),
    ("block2", 2, 3, 2, 6, 24),
    ("block3", 2, 5, 2, 6, 40),
    ("block4", 3, 3, 2, 6, 80),
    ("block5", 3, 5, 1, 6, 112),
    ("block6", 4, 5, 2, 6, 192),
    ("block7", 1, 3, 1, 6, 320),
]


def batch_norm(x, name):
    return layers.BatchNormalization(epsilon=1e-3, name=name)(x)


def block(x, name, kernel, stride, expand, filters):
    channels = x.shape[-1]
    y = x
    if expand != 1:
        y = layers.Conv2D(channels * expand, 1, padding="same", use_bias=False, name=f"{name}_expand_conv")(y)
        y = layers.ReLU(6, name=f"{name}_expand_activation")(batch_norm(y, f"{name}_expand_bn"))
    y = layers.DepthwiseConv2D(kernel, stride, padding="same", use_bias=False, name=f"{name}_dwconv")(y)
    y = layers.ReLU(6, name=f"{name}_activation")(batch_norm(y, f"{name}_bn"))
    y = layers.Conv2D(filters, 1, padding="same", use_bias=False, name=f"{name}_project_conv")(y)
    y = batch_norm(y, f"{name}_project_bn")
    return layers.Add(name=f"{name}_add")([x, y]) if stride == 1 and channels == filters else y


def lite0(folder, size=224):
    """Map network: size x size x 3 in (value - 127) / 128, 1,280 channels out."""
    inputs = layers.Input((size, size, 3))
    x = layers.Conv2D(32, 3, 2, padding="same", use_bias=False, name="stem_conv")(inputs)
    x = layers.ReLU(6, name="stem_activation")(batch_norm(x, "stem_bn"))
    for stage, repeats, kernel, stride, expand, filters in STAGES:
        for index in range(repeats):
            x = block(x, f"{stage}{'abcd'[index]}", kernel, stride if index == 0 else 1, expand, filters)
    x = layers.Conv2D(1280, 1, padding="same", use_bias=False, name="top_conv")(x)
    x = layers.ReLU(6, name="top_activation")(batch_norm(x, "top_bn"))
    model = Model(inputs, x)
    arrays = read_weights(folder)
    for layer in model.layers:
        names = [f"{layer.name}/{weight.name}" for weight in layer.weights]
        if isinstance(layer, layers.DepthwiseConv2D):
            names = [f"{layer.name}/depthwise_kernel"]
        if names:
            layer.set_weights([arrays[name] for name in names])
    return model
