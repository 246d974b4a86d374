"""Steps of fine-tuning the usual Keras ways, BatchNorm in inference mode. One JSON line.

usage: fine_tune.py WEIGHTS PRESET BATCH STEPS WAY
PRESET: all | top-blocks (the last two blocks and the head); WAY: train-on-batch | xla | function
"""
import json
import os
import resource
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
import keras  # noqa: E402
from keras import layers  # noqa: E402

sys.path.insert(0, os.path.dirname(__file__))
from lite0 import lite0  # noqa: E402

weights, preset, batch, steps, way = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
warm_up = 3
size, classes = 224, 4



def noise(count):
    """The same numbers on both sides, between -1 and 1."""
    words = np.arange(count, dtype=np.uint32) * np.uint32(2654435761)
    return (words / 2**31 - 1).astype(np.float32)


backbone = lite0(weights)
for layer in backbone.layers:
    # Keras 3 overrides training=False of a nested model; a frozen BatchNormalization is what keeps to its statistics.
    is_norm = isinstance(layer, layers.BatchNormalization)
    layer.trainable = not is_norm and (preset == "all" or layer.name.startswith(("block6d", "block7a", "top")))
inputs = layers.Input((size, size, 3))
x = layers.GlobalAveragePooling2D()(backbone(inputs))
dense = layers.Dense(classes, name="head")
model = keras.Model(inputs, layers.Softmax()(dense(layers.Dropout(0.2)(x))))
optimizer = keras.optimizers.Adam(1e-4)
loss = keras.losses.SparseCategoricalCrossentropy()
model.compile(optimizer, loss, jit_compile=way == "xla")
optimizer.build(model.trainable_variables)


@tf.function
def function_step(pixels, labels):
    with tf.GradientTape() as tape:
        value = loss(labels, model(pixels, training=True))
    optimizer.apply_gradients(zip(tape.gradient(value, model.trainable_variables), model.trainable_variables))
    return value


def step(pixels, labels):
    if way == "function":
        function_step(tf.constant(pixels), tf.constant(labels)).numpy()
    else:
        model.train_on_batch(pixels, labels)


dense.set_weights([noise(1280 * classes).reshape(1280, classes) / np.float32(20), np.zeros(classes, np.float32)])
pixels = noise(batch * size * size * 3).reshape(batch, size, size, 3)
before_softmax = keras.Model(model.inputs, dense.output)
logits = before_softmax(pixels[:1], training=False).numpy()[0].tolist()
labels = (np.arange(batch) % classes).astype(np.int32)
for _ in range(warm_up):
    step(pixels, labels)
moving = [v for layer in backbone.layers for v in layer.non_trainable_variables if "moving" in v.path]
before = [v.numpy() for v in moving]
milliseconds = []
processor_started = time.process_time()
for _ in range(steps):
    started = time.perf_counter()
    step(pixels, labels)
    milliseconds.append((time.perf_counter() - started) * 1000 / batch)
processor_ms = (time.process_time() - processor_started) * 1000 / batch / steps
assert all((a == v.numpy()).all() for a, v in zip(before, moving)), "moving statistics changed"
print(
    json.dumps(
        {
            "msPerImage": float(np.median(milliseconds)),
            "processorMsPerImage": processor_ms,
            "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "logits": logits,
        }
    )
)
