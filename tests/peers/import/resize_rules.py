"""Resizes seeded grey pictures as Pillow, TensorFlow and NumPy do; prints rows of whole or broken grey levels as JSON."""
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import numpy as np
import tensorflow as tf
from PIL import Image

width, height, size = (int(each) for each in sys.argv[1:4])
picture = np.random.default_rng(3).integers(0, 256, (height, width), dtype=np.uint8)
batch = picture[None, :, :, None].astype("float32")


def pillow(kind):
    return np.asarray(Image.fromarray(picture).resize((size, size), kind), "float64")


def legacy(name):
    op = tf.raw_ops.ResizeBilinear if name == "bilinear" else tf.raw_ops.ResizeNearestNeighbor
    return op(images=batch, size=[size, size], align_corners=False, half_pixel_centers=False).numpy()[0, :, :, 0]


plain = tf.image.resize(batch, (size, size), "bilinear", antialias=False).numpy()[0, :, :, 0]
rows = {
    "bilinear each-pass": pillow(Image.BILINEAR),
    "bicubic each-pass": pillow(Image.BICUBIC),
    "nearest-pillow none": pillow(Image.NEAREST),
    "bilinear-plain none": plain,
    "bilinear-corner none": legacy("bilinear"),
    "nearest-corner none": legacy("nearest"),
}
print(json.dumps({"picture": picture.ravel().tolist(), "rows": {key: np.asarray(row, "float64").ravel().tolist() for key, row in rows.items()}}))
