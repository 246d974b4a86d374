import { join } from 'node:path';
import { csvTable } from '../disk/csv.ts';
import { HilumError } from '../domain/errors.ts';
import { imageName } from '../domain/image.ts';
import { type Finding, findings } from './anatomy/findings.ts';
import { labels } from './canvas.ts';
import { writeGenerated } from './files.ts';
import { formatWriters, type PhantomFormat, type ScanFile, type ScanPlace } from './formats/index.ts';
import { pngFile } from './formats/picture.ts';
import { phantomPatient } from './patient.ts';

export interface PhantomOptions {
  /** Patients a class. */
  readonly scans: number;
  /** Images a patient; JPEG and PNG: half axial, half coronal. */
  readonly slices: number;
  readonly seed: number;
  /** Pixels of each side, 256 when left out. */
  readonly size?: number;
  readonly formats: PhantomFormat | 'mixed';
  /** Also write the truth masks as PNG to `<folder>.masks`; a pixel's value is its label. */
  readonly masks?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface PhantomSummary {
  readonly folder: string;
  /** CSV beside the folder: one row an image. */
  readonly truth: string;
  readonly masks?: string;
  readonly files: number;
  readonly images: number;
  readonly groups: number;
  readonly classes: Readonly<
    Record<Finding, { readonly files: number; readonly images: number; readonly groups: number }>
  >;
}

const truthColumns = ['file', 'class', 'scan', 'group', 'plane', 'finding_area_px'] as const;
type TruthRow = readonly [string, Finding, string, string, string, number];

const mixedFormats = ['jpeg', 'png', 'dicom'] as const;
/** Files encoded or written at a time. */
const inFlight = 8;

/**
 * Writes `<folder>/<Class>/…` with known truth in `<folder>.truth.csv`. Same options, same bytes.
 * @throws HilumError `disk/full`, `disk/failed`, `config/not-writable`, `cancelled/by-user`
 */
export async function writePhantom(folder: string, options: PhantomOptions): Promise<PhantomSummary> {
  const truth: TruthRow[] = [];
  const total = findings.length * options.scans * options.slices;
  let done = 0;
  const report = (images: number): void => {
    done += images;
    options.onProgress?.(done, total);
  };
  const counts = [];
  for (const finding of findings) {
    const rows = await writeClass(folder, finding, options, report);
    truth.push(...rows.truth);
    counts.push([finding, { files: rows.files, images: rows.truth.length, groups: options.scans }] as const);
  }
  const truthFile = `${folder}.truth.csv`;
  await writeGenerated(truthFile, csvTable(truthColumns, truth));
  return {
    folder,
    truth: truthFile,
    ...(options.masks === true ? { masks: masksFolder(folder) } : {}),
    files: counts.reduce((sum, [, count]) => sum + count.files, 0),
    images: truth.length,
    groups: findings.length * options.scans,
    classes: { ...emptyCounts, ...Object.fromEntries(counts) },
  };
}

const none = { files: 0, images: 0, groups: 0 };
const emptyCounts: PhantomSummary['classes'] = { Cyst: none, Normal: none, Stone: none, Tumor: none };

function masksFolder(folder: string): string {
  return `${folder}.masks`;
}

async function writeClass(
  folder: string,
  finding: Finding,
  options: PhantomOptions,
  report: (images: number) => void,
): Promise<{ truth: readonly TruthRow[]; files: number }> {
  const truth: TruthRow[] = [];
  const pending = new Set<Promise<void>>();
  let files = 0;
  let firstNumber = 1;
  try {
    for (let scan = 1; scan <= options.scans; scan++) {
      const format = formatOf(options.formats, scan);
      const patient = phantomPatient(`${options.seed} ${finding} ${scan}`, finding);
      const place = placeOf(finding, scan, firstNumber, options);
      for (const file of formatWriters[format](patient, place)) {
        if (options.signal?.aborted) throw new HilumError('cancelled/by-user');
        truth.push(...truthRows(file, finding, place));
        files++;
        const written = writeScanFile(folder, finding, file, options.masks === true).then(() => {
          pending.delete(written);
          report(file.images.length);
        });
        pending.add(written);
        if (pending.size >= inFlight) await Promise.race(pending);
      }
      if (format === 'jpeg' || format === 'png') firstNumber += options.slices;
    }
  } finally {
    // A failed write rejects the race above; the others must not reject unheard.
    await Promise.allSettled(pending);
  }
  await Promise.all(pending);
  return { truth, files };
}

function placeOf(finding: Finding, scanNumber: number, firstNumber: number, options: PhantomOptions): ScanPlace {
  return {
    className: finding,
    scanNumber,
    firstNumber,
    patientId: `P${options.seed}-${finding}-${scanNumber}`,
    slices: options.slices,
    size: options.size ?? 256,
  };
}

function formatOf(formats: PhantomOptions['formats'], scan: number): PhantomFormat {
  return formats === 'mixed' ? (mixedFormats[(scan - 1) % mixedFormats.length] ?? 'jpeg') : formats;
}

async function writeScanFile(folder: string, finding: Finding, file: ScanFile, masks: boolean): Promise<void> {
  await writeGenerated(join(folder, finding, file.name), await file.encode());
  if (!masks) return;
  for (const [i, { slice }] of file.images.entries()) {
    const name = `${imageName(file.name, i, file.images.length)}.png`;
    const mask = await pngFile({ pixels: slice.labels, width: slice.width, height: slice.height });
    await writeGenerated(join(masksFolder(folder), finding, name), mask);
  }
}

const findingLabels: Record<Finding, number> = {
  Normal: -1,
  Cyst: labels.cyst,
  Tumor: labels.tumour,
  Stone: labels.stone,
};

function truthRows(file: ScanFile, finding: Finding, place: ScanPlace): readonly TruthRow[] {
  const label = findingLabels[finding];
  return file.images.map(({ plane, slice }, i) => {
    const image = imageName(`${finding}/${file.name}`, i, file.images.length);
    const area = slice.labels.reduce((count, value) => count + (value === label ? 1 : 0), 0);
    return [image, finding, `${place.patientId}-${plane}`, place.patientId, plane, area];
  });
}
