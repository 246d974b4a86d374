"""Ten epochs of a head on a frozen backbone the usual Keras way: fit() on images, backbone in every step. One JSON line.

usage: train_head.py WEIGHTS FOLDER EPOCHS
"""
import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras  # noqa: E402
from keras import layers  # noqa: E402

sys.path.insert(0, os.path.dirname(__file__))
from lite0 import lite0  # noqa: E402

weights, folder, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3])
backbone = lite0(weights)
backbone.trainable = False
inputs = layers.Input((224, 224, 3))
x = layers.Rescaling(1 / 128, offset=-127 / 128)(inputs)
x = layers.GlobalAveragePooling2D()(backbone(x, training=False))
model = keras.Model(inputs, layers.Dense(4, activation="softmax")(layers.Dropout(0.2)(x)))
model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])


def dataset():
    return keras.utils.image_dataset_from_directory(
        folder, labels="inferred", image_size=(224, 224), batch_size=32, shuffle=True, seed=7, verbose=False
    )


model.fit(dataset().take(2), epochs=1, verbose=0)
images = dataset()
started = time.perf_counter()
history = model.fit(images, epochs=epochs, verbose=0)
print(
    json.dumps(
        {
            "images": len(images.file_paths),
            "epochs": epochs,
            "seconds": time.perf_counter() - started,
            "accuracy": history.history["accuracy"][-1],
        }
    )
)
