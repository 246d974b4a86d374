"""Turns a picture into the network's input, by the rules of contract.json beside this file.

Research use only. Not for diagnosis.

    python preprocess.py picture.png input.npy
    python preprocess.py slice.npy input.npy --hounsfield

Needs numpy, and Pillow for pictures. The order of the steps:
window (Hounsfield only) -> grey 0..255 -> crop -> padding -> resize -> rounding -> (grey - mean) / std -> channels.
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np

# The body: brighter than this in a thumbnail of that side, in more than 5 % of a row or column.
SIDE = 128
BODY_GREY = 20
BODY_HU = -500
ENOUGH = 0.05 * SIDE


def load_contract(path=None):
    return json.loads(Path(path or Path(__file__).with_name("contract.json")).read_text(encoding="utf-8"))


def input_from_picture(path, contract=None):
    """A PNG, JPEG or TIFF file as float32 [size, size, channels]. Colour is made grey; 16-bit grey keeps its 16 bits."""
    grey, white = read_picture(path)
    return input_from_grey(grey, white, contract)


def input_from_grey(grey, white=255, contract=None):
    """Grey values [rows, columns] from 0 (black) to `white` as float32 [size, size, channels]."""
    contract = contract or load_contract()
    if "display" not in contract["domains"]:
        raise ValueError("this model takes Hounsfield units only: a windowed picture cannot be converted honestly")
    box = body_box(grey, 255 / white, BODY_GREY) if contract["crop"] == "body" else whole(grey)
    return with_channels([resized(np.asarray(grey, np.float64), 255 / white, box, contract)], contract)


def input_from_hounsfield(hounsfield, contract=None):
    """Hounsfield units [rows, columns], rescale slope and intercept applied, as float32 [size, size, channels]."""
    contract = contract or load_contract()
    hounsfield = np.asarray(hounsfield, np.float32)
    box = body_box(hounsfield, 1, BODY_HU) if contract["crop"] == "body" else whole(hounsfield)
    # A model of display pictures was trained on one window: that one is used for all channels.
    windows = contract["windows"] if "hounsfield" in contract["domains"] else contract["windows"][:1]
    return with_channels([resized(windowed(hounsfield, each), 1, box, contract) for each in windows], contract)


def read_picture(path):
    """Grey values of a picture, and the value of white. Transparent colour is laid on black; grey keeps its value."""
    from PIL import Image, ImageOps

    with Image.open(path) as image:
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I;16") or image.mode == "I":
            return np.asarray(image).astype(np.uint16), 65535
        if image.mode == "P" or image.mode == "PA":
            image = image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
        if image.mode == "RGBA":
            alpha = np.asarray(image.getchannel("A"), np.float64)
            grey = np.asarray(image.convert("RGB").convert("L"), np.float64)
            return np.floor(grey * alpha / 255 + 0.5).astype(np.uint8), 255
        return np.asarray(image.convert("L")), 255


def windowed(hounsfield, window):
    """Linear from black at center - width / 2 to white at center + width / 2, clipped; grey 0..255."""
    slope = 255 / window["width"]
    black = window["center"] - window["width"] / 2
    grey = np.clip((hounsfield.astype(np.float64) - black) * slope, 0, 255)
    return grey.astype(np.float32).astype(np.float64)


def whole(plane):
    rows, columns = np.shape(plane)
    return 0, 0, columns, rows


def body_box(plane, gain, threshold):
    """(left, top, width, height) of the body; the whole picture when there is none."""
    rows, columns = np.shape(plane)
    down, across = taps(0, rows, rows, 0, SIDE, "area"), taps(0, columns, columns, 0, SIDE, "area")
    small = (blended(np.asarray(plane, np.float64), down, across) * gain).astype(np.float32)
    # A 5x5 median is above the threshold exactly when 13 of the 25 values are; edges repeat the outermost pixel.
    bright = np.pad((small > threshold).astype(np.int32), 2, mode="edge")
    counts = sum(bright[y : y + SIDE, x : x + SIDE] for y in range(5) for x in range(5))
    body = counts >= 13
    horizontal = extent(body.sum(axis=0), columns)
    vertical = extent(body.sum(axis=1), rows)
    if horizontal is None or vertical is None:
        return whole(plane)
    return horizontal[0], vertical[0], horizontal[1], vertical[1]


def extent(counts, length):
    inside = np.flatnonzero(counts > ENOUGH)
    if len(inside) == 0:
        return None
    start = int(inside[0]) * length // SIDE
    end = max(-(-(int(inside[-1]) + 1) * length // SIDE), start + 1)
    return start, end - start


def resized(plane, gain, box, contract):
    """The box of a plane, times a gain, padded and resized to [size, size] of grey 0..255, in double precision."""
    left, top, width, height = box
    side = max(width, height) if contract["padding"] == "square" else None
    size, rule = contract["size"], contract["resize"]

    def axis(start, length):
        padded = side or length
        return taps(start, length, padded, (padded - length) // 2, size, rule)

    down, across = axis(top, height), axis(left, width)
    rounding = contract.get("rounding")
    if rounding is None:
        return blended(plane, down, across) * gain
    if rounding == "each-pass":
        between = whole_levels(along(plane.T, across).T * gain, "up")
        return whole_levels(along(between, down), "up")
    return whole_levels(blended(plane, down, across) * gain, "even")


def whole_levels(grey, halves):
    """The nearest of the levels 0..255; a half goes up, or to the even level."""
    up = np.floor(grey + 0.5)
    if halves == "even":
        up = np.where((up - grey == 0.5) & (up % 2 != 0), up - 1, up)
    return np.clip(up, 0, 255)


def blended(plane, down, across):
    """Rows first, then columns."""
    return along(along(plane, down).T, across).T


def along(plane, axis):
    """Sums over the first axis, one tap after the other: the order decides the last bit, and that a rounding."""
    starts, values = axis
    total = np.zeros((len(starts), plane.shape[1]))
    for k in range(values.shape[1]):
        total = total + values[:, k, np.newaxis] * plane[np.minimum(starts + k, len(plane) - 1)]
    return total


def taps(start, length, padded, before, size, rule):
    """How much the source pixels give to each of `size` output pixels: index of the first, and a row of weights.

    `length` pixels from `start` stand inside `padded` black ones, `before` of them in front.
    """
    runs = [FILL[rule](i, padded / size, padded) for i in range(size)]
    starts = np.zeros(size, np.int64)
    values = np.zeros((size, max(len(run) for _, run in runs)))
    for i, (first, run) in enumerate(runs):
        from_ = max(first - before, 0)
        to = min(first + len(run) - before, length)
        starts[i] = start + from_
        if to > from_:
            values[i, : to - from_] = run[from_ + before - first : to + before - first]
    return starts, values


def area(i, scale, length):
    """Exact fractional coverage when shrinking, bilinear when enlarging."""
    if scale < 1:
        return antialiased(triangle, 1)(i, scale, length)
    begin = i * scale
    end = min(begin + scale, length)
    first = math.floor(begin)
    last = min(max(math.ceil(end), first + 1), length)
    return first, [(min(x + 1, end) - max(x, begin)) / scale for x in range(first, last)]


def antialiased(kernel, reach):
    """A filter widened by the scale, as Pillow applies it."""

    def fill(i, scale, length):
        widening = max(scale, 1)
        center = (i + 0.5) * scale
        first = max(math.trunc(center - reach * widening + 0.5), 0)
        last = min(math.trunc(center + reach * widening + 0.5), length)
        values = [kernel(abs(x - center + 0.5) / widening) for x in range(first, last)]
        total = sum(values)
        return first, [value / total for value in values]

    return fill


def triangle(x):
    return max(1 - x, 0)


def cubic(x):
    if x < 1:
        return (1.5 * x - 2.5) * x * x + 1
    return ((-0.5 * x + 2.5) * x - 4) * x + 2 if x < 2 else 0


def one_pixel(position, length):
    return min(math.floor(position), length - 1), [1]


def stepped_to(i, scale):
    """The centre of an output pixel as Pillow reaches it: step by step, rounding errors and all."""
    position = scale * 0.5
    for _ in range(i):
        position += scale
    return position


def two_pixels(position, length):
    """The pixels around a position; beyond the edge the edge itself."""
    at = min(max(position, 0), length - 1)
    first = math.floor(at)
    share = at - first
    return first, [1 - share, share] if first + 1 < length else [1 - share]


FILL = {
    "area": area,
    "bilinear": antialiased(triangle, 1),
    "bicubic": antialiased(cubic, 2),
    "nearest": lambda i, scale, length: one_pixel((i + 0.5) * scale, length),
    "nearest-corner": lambda i, scale, length: one_pixel(i * scale, length),
    "nearest-pillow": lambda i, scale, length: one_pixel(stepped_to(i, scale), length),
    "bilinear-plain": lambda i, scale, length: two_pixels((i + 0.5) * scale - 0.5, length),
    "bilinear-corner": lambda i, scale, length: two_pixels(i * scale, length),
}


def with_channels(planes, contract):
    values = [plane / contract["std"] - contract["mean"] / contract["std"] for plane in planes]
    if len(values) == 1:
        values = values * contract["channels"]
    return np.stack(values, axis=-1).astype(np.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="a picture, or a .npy array")
    parser.add_argument("target", help=".npy file to write: float32 [1, size, size, channels]")
    parser.add_argument("--hounsfield", action="store_true", help="the array holds Hounsfield units")
    parser.add_argument("--white", type=float, default=255, help="value of white in an array of grey values")
    arguments = parser.parse_args()
    if not arguments.source.endswith(".npy"):
        value = input_from_picture(arguments.source)
    elif arguments.hounsfield:
        value = input_from_hounsfield(np.load(arguments.source, allow_pickle=False))
    else:
        value = input_from_grey(np.load(arguments.source, allow_pickle=False), arguments.white)
    np.save(arguments.target, value[np.newaxis])


if __name__ == "__main__":
    main()
