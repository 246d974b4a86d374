"""Writes small Keras models as .h5 with seeded inputs and Keras' own answers; prints their names as JSON."""
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import keras
import numpy as np
from keras import layers as L

folder = sys.argv[1]
keras.utils.set_random_seed(7)
rng = np.random.default_rng(7)


def plain(classes=3):
    return keras.Sequential([
        keras.Input((20, 20, 3)),
        L.Rescaling(1 / 127.5, offset=-1),
        L.RandomFlip("horizontal"),
        L.Conv2D(6, 3, activation="relu"),
        L.BatchNormalization(),
        L.MaxPooling2D(2, padding="same"),
        L.SpatialDropout2D(0.2),
        L.Conv2D(5, 3, strides=2, padding="same", use_bias=False),
        L.BatchNormalization(scale=False),
        L.LeakyReLU(negative_slope=0.2),
        L.AveragePooling2D(2, strides=1, padding="same"),
        L.Flatten(),
        L.Dense(7, activation="tanh"),
        L.Dropout(0.3),
        L.Dense(classes, activation="softmax"),
    ])


def functional():
    inputs = keras.Input((24, 24, 3))
    norm = L.Normalization(mean=[110.0, 120.0, 130.0], variance=[900.0, 1600.0, 2500.0])
    x = norm(inputs)
    x = L.ZeroPadding2D(((0, 1), (2, 1)))(x)
    x = L.Conv2D(8, 3, strides=2, activation="relu6")(x)
    a = L.SeparableConv2D(8, 3, padding="same", activation="relu")(x)
    b = L.DepthwiseConv2D(5, padding="same")(x)
    b = L.BatchNormalization(center=False, epsilon=1e-4)(b)
    b = L.ReLU(max_value=6)(b)
    x = L.Add()([x, a, b])
    y = L.Conv2D(3, 1, activation="sigmoid")(x)
    x = L.Concatenate()([x, y])
    p = L.GlobalMaxPooling2D()(x)
    q = L.GlobalAveragePooling2D()(x)
    x = L.Concatenate()([p, q])
    x = L.BatchNormalization()(x)
    x = L.Dense(4, use_bias=False)(x)
    return keras.Model(inputs, L.Softmax()(x))


def nested():
    base_in = keras.Input((16, 16, 3))
    x = L.Conv2D(4, 3, padding="same", name="conv")(base_in)
    x = L.BatchNormalization(name="norm")(x)
    base = keras.Model(base_in, L.Activation("relu")(x), name="base")
    head = keras.Sequential([keras.Input((4,)), L.Dense(5, activation="relu", name="conv2"), L.Dense(3, name="out")], name="head")
    inputs = keras.Input((16, 16, 3))
    x = base(inputs, training=False)
    x = L.Conv2D(4, 3, padding="valid", name="conv")(x)
    x = L.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, L.Activation("softmax")(head(x)))


def adapted():
    norm = L.Normalization(axis=-1)
    norm.adapt(rng.uniform(0, 255, (8, 12, 12, 1)))
    return keras.Sequential([
        keras.Input((12, 12, 1)), norm, L.Conv2D(4, 3, activation="relu"), L.GlobalAveragePooling2D(),
        L.Dense(1, activation="sigmoid"),
    ])


def sequential_of_base():
    base = keras.applications.MobileNetV2(input_shape=(32, 32, 3), alpha=0.35, include_top=False, weights=None)
    return keras.Sequential([keras.Input((32, 32, 3)), base, L.GlobalAveragePooling2D(), L.Dense(4, activation="softmax")])


makers = {"plain": plain, "functional": functional, "nested": nested, "adapted": adapted, "mobilenet": sequential_of_base}
for name, make in makers.items():
    model = make()
    for weight in model.weights:
        kind = weight.path.split("/")[-1]
        if "seed" in kind or kind in ("mean", "variance", "count"):
            continue
        value = rng.normal(size=weight.shape) / np.sqrt(max(1, np.prod(weight.shape[:-1])))
        if kind in ("moving_variance", "gamma"):
            value = np.abs(value) + 0.5
        weight.assign(value.astype("float32"))
    pictures = rng.uniform(0, 255, (3, *model.input_shape[1:])).astype("float32")
    if name == "mobilenet":
        pictures = pictures / 127.5 - 1
    answers = np.asarray(model(pictures, training=False), "float32")
    model.save(f"{folder}/{name}.h5")
    pictures.astype("<f4").tofile(f"{folder}/{name}.in")
    answers.astype("<f4").tofile(f"{folder}/{name}.out")
print(json.dumps({"keras": keras.__version__, "models": list(makers)}))
