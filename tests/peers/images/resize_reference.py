"""Pictures resized and decoded by Pillow, for comparison.

Usage: python resize_reference.py FILE...  -> JSON on stdout: {file: {grey, bilinear}} with
grey: sha256 of convert('L'); bilinear: convert('L').resize((64, 64), BILINEAR), row by row. Needs numpy and pillow.
"""

import hashlib
import json
import sys

import numpy as np
from PIL import Image


def reference(path):
    grey = Image.open(path).convert("L")
    small = np.asarray(grey.resize((64, 64), Image.Resampling.BILINEAR))
    digest = hashlib.sha256(np.asarray(grey).tobytes()).hexdigest()
    return {"grey": digest, "bilinear": small.flatten().tolist()}


if __name__ == "__main__":
    json.dump({path: reference(path) for path in sys.argv[1:]}, sys.stdout)
