"""Hounsfield units of every CT frame 0 in a folder, by pydicom and pylibjpeg.

Usage: python hu_reference.py FOLDER  -> JSON on stdout: {file: {min, max, mean, samples}} or {file: {error}}.
samples: HU of 500 pixels at places (k * 7919) % pixels.
stored: the same pixels before the rescale. Grey files of other modalities have stored values only.
Needs pydicom, numpy, pylibjpeg, pylibjpeg-libjpeg, pylibjpeg-openjpeg.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pydicom
from pydicom.pixels import pixel_array


def rescale_of(dataset):
    """Slope and intercept of frame 0 where they lead to HU: its functional group, else the shared one, else the top level."""
    for name in ("PerFrameFunctionalGroupsSequence", "SharedFunctionalGroupsSequence"):
        for group in list(dataset.get(name, []))[:1]:
            for macro in group.get("PixelValueTransformationSequence", []):
                return numbers_of(macro)
    return numbers_of(dataset)


def numbers_of(dataset):
    slope, intercept = dataset.get("RescaleSlope"), dataset.get("RescaleIntercept")
    kind = str(dataset.get("RescaleType") or "HU").upper()
    if slope is None or intercept is None or not kind.startswith(("HU", "HOUN")):
        return None
    return float(slope), float(intercept)


def sample(values):
    flat = values.reshape(-1)
    return [float(v) for v in flat[(np.arange(500) * 7919) % flat.size]]


def reference(path):
    dataset = pydicom.dcmread(path)
    if dataset.get("SamplesPerPixel", 1) != 1 or dataset.get("BitsAllocated") not in (8, 16):
        return {"error": "not a grey image of 8 or 16 bits"}
    stored = pixel_array(dataset, index=0).astype(np.float64)
    result = {"stored": sample(stored)}
    rescale = rescale_of(dataset)
    if dataset.get("Modality") == "CT" and rescale is not None:
        hu = stored * rescale[0] + rescale[1]
        result |= {"min": hu.min(), "max": hu.max(), "mean": hu.mean(), "samples": sample(hu)}
    return result


def main(folder):
    warnings.simplefilter("ignore")
    results = {}
    for path in sorted(p for p in Path(folder).rglob("*") if p.is_file() and p.suffix not in (".csv", ".md")):
        name = path.relative_to(folder).as_posix()
        try:
            results[name] = reference(path)
        except Exception as error:  # every failure of the peer is a row, not an end
            results[name] = {"error": type(error).__name__}
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
