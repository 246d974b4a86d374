import type { Plane, Provenance } from '../../domain/image.ts';

/** What is known of one accepted image when scans are recovered. */
export interface ScanImage extends Pick<Provenance, 'scanKey' | 'groupKey'> {
  /** `file`, or `file#frame`. */
  readonly image: string;
  readonly file: string;
  readonly class: string;
  readonly plane: Plane;
  /** From the label table; these outrank everything. */
  readonly labelScan?: string | undefined;
  readonly labelGroup?: string | undefined;
  /** 48 * 48 grey values, row-major. */
  readonly thumbnail: Float32Array;
}

export interface ScanThresholds {
  /** Correlation from which two images are of one scan. */
  readonly same_scan: number;
  /** Correlation from which a scan of one or two images joins the group of the most similar scan. */
  readonly stray: number;
}

export interface ScanAnswer {
  readonly scan: string;
  readonly group: string;
}

/** The last number in a file's name, `Cyst- (12).jpg` → 12; undefined when it has none. */
export function fileNumber(file: string): number | undefined {
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(/\.[A-Za-z][A-Za-z0-9.]*$/, '');
  const digits = /([0-9]+)[^0-9]*$/.exec(stem)?.[1];
  return digits === undefined || digits.length > 15 ? undefined : Number(digits);
}

/** Planes that can belong to one scan: equal, or one of them not known. */
export function mayBeSamePlane(a: Plane, b: Plane): boolean {
  return a === b || a === 'unknown' || b === 'unknown';
}
