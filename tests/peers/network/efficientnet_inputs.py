"""Writes pictures as the reference features saw them: Pillow grey, 224x224 BILINEAR (antialiased), 8 bit.

Arguments: folder of the pictures, output file, then names below the folder.
"""

import sys

from PIL import Image

folder, out, *names = sys.argv[1:]
with open(out, "wb") as file:
    for name in names:
        with Image.open(f"{folder}/{name}") as picture:
            file.write(picture.convert("L").resize((224, 224), Image.Resampling.BILINEAR).tobytes())
