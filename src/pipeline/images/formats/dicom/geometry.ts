import type { DataSet } from 'dicom-parser';
import { sha256 } from '../../../disk/hash.ts';
import type { Plane, Provenance } from '../../../domain/image.ts';
import { decimal, decimals, macroOf } from './functional-groups.ts';

/** Plane of a frame from Image Orientation (Patient): the axis its normal is nearest to. Undefined without orientation. */
export function planeOf(dataSet: DataSet, frame: number): Plane | undefined {
  const normal = normalOf(macroOf(dataSet, frame, 'x00209116', 'x00200037'));
  if (normal === undefined) return undefined;
  const [x, y, z] = normal.map(Math.abs);
  if (x === undefined || y === undefined || z === undefined) return undefined;
  if (z >= x && z >= y) return 'axial';
  return y >= x ? 'coronal' : 'sagittal';
}

/** Where the file belongs. Identifiers are hashed and cut to 16 digits: enough to tell files apart, nothing to read. */
export function provenanceOf(dataSet: DataSet): Provenance {
  return {
    scanKey: hashed(dataSet.string('x0020000e')),
    groupKey: hashed(dataSet.string('x00100020')) ?? hashed(dataSet.string('x0020000d')),
    position: positionOf(dataSet),
  };
}

function hashed(identifier: string | undefined): string | undefined {
  const text = identifier?.trim();
  return text === undefined || text === '' ? undefined : sha256(text).slice(0, 16);
}

/** Millimetres along the slice normal, else Instance Number. */
function positionOf(dataSet: DataSet): number | undefined {
  return slicePositionMm(dataSet, 0) ?? decimal(dataSet, 'x00200013');
}

/** Image Position (Patient) along the slice normal; undefined where one of the two is missing. */
export function slicePositionMm(dataSet: DataSet, frame: number): number | undefined {
  const place = decimals(macroOf(dataSet, frame, 'x00209113', 'x00200032'), 'x00200032', 3);
  const normal = normalOf(macroOf(dataSet, frame, 'x00209116', 'x00200037'));
  if (place === undefined || normal === undefined) return undefined;
  return place.reduce((sum, value, axis) => sum + value * (normal[axis] ?? 0), 0);
}

/** Unit normal row x column of Image Orientation (Patient); undefined when it is missing or the directions are parallel. */
function normalOf(dataSet: DataSet): number[] | undefined {
  const [a, b, c, d, e, f] = decimals(dataSet, 'x00200037', 6) ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined) {
    return undefined;
  }
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d];
  const length = Math.hypot(...normal);
  return length > 1e-6 ? normal.map((value) => value / length) : undefined;
}
