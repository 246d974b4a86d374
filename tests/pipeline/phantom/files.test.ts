import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dicomParser from 'dicom-parser';
import * as nifti from 'nifti-reader-js';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseCsv } from '../../../src/pipeline/disk/csv.ts';
import { hasCode } from '../../../src/pipeline/domain/errors.ts';
import {
  axialPlaces,
  axialSlice,
  findings,
  labels,
  phantomPatient,
  writeMixedFolder,
  writePhantom,
} from '../../../src/pipeline/phantom/index.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hilum-phantom-'));
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

const columns = ['file', 'class', 'scan', 'group', 'plane', 'finding_area_px'];
const truthRow = z.object({
  file: z.string(),
  class: z.string(),
  scan: z.string(),
  group: z.string(),
  plane: z.string(),
  finding_area_px: z.coerce.number(),
});

async function truthOf(path: string) {
  return parseCsv(await readFile(path, 'utf8'), 'truth.csv', columns, truthRow);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

describe('writePhantom, JPEG', () => {
  it('names files as the Kaggle set does and counts through the class', async () => {
    const folder = join(root, 'jpeg');
    const summary = await writePhantom(folder, { scans: 2, slices: 4, seed: 5, size: 96, formats: 'jpeg' });
    expect(summary).toMatchObject({ files: 32, images: 32, groups: 8, classes: { Stone: { files: 8, groups: 2 } } });
    expect((await readdir(folder)).sort()).toEqual([...findings].sort());
    const names = await readdir(join(folder, 'Cyst'));
    expect(names.sort()).toEqual(Array.from({ length: 8 }, (_, i) => `Cyst- (${i + 1}).jpg`).sort());
    const truth = (await truthOf(summary.truth)).filter((row) => row.class === 'Cyst');
    expect(truth.map((row) => row.plane)).toEqual([
      ...['axial', 'axial', 'coronal', 'coronal'],
      ...['axial', 'axial', 'coronal', 'coronal'],
    ]);
    expect(new Set(truth.slice(0, 4).map((row) => row.group)).size).toBe(1);
    expect(new Set(truth.map((row) => row.scan)).size).toBe(4);
    expect(truth.every((row) => row.finding_area_px > 0)).toBe(true);
    const meta = await sharp(join(folder, 'Cyst', 'Cyst- (1).jpg')).metadata();
    expect(meta).toMatchObject({ format: 'jpeg', width: 96, height: 96, channels: 1 });
  });

  it('writes the same bytes for the same seed, others for another', async () => {
    const write = async (name: string, seed: number) => {
      await writePhantom(join(root, name), { scans: 1, slices: 2, seed, size: 64, formats: 'jpeg' });
      return Promise.all((await filesBelow(join(root, name))).map((file) => readFile(file, 'base64')));
    };
    const first = await write('same-1', 9);
    expect(await write('same-2', 9)).toEqual(first);
    expect(await write('other', 10)).not.toEqual(first);
  });

  it('stops between files when it is cancelled, and says so', async () => {
    const controller = new AbortController();
    const options = { scans: 5, slices: 4, seed: 1, size: 64, formats: 'png' } as const;
    const writing = writePhantom(join(root, 'cancelled'), {
      ...options,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(writing).rejects.toSatisfy((error) => hasCode(error, 'cancelled/by-user'));
  });

  it('reports every image once', async () => {
    const seen: number[] = [];
    const options = { scans: 1, slices: 3, seed: 1, size: 64, formats: 'png' } as const;
    await writePhantom(join(root, 'progress'), { ...options, onProgress: (done, total) => seen.push(done / total) });
    expect(seen).toHaveLength(12);
    expect(seen.at(-1)).toBe(1);
  });

  it('names the reason when the folder cannot be made', async () => {
    const inside = join(root, 'jpeg.truth.csv', 'folder');
    const writing = writePhantom(inside, { scans: 1, slices: 2, seed: 1, size: 64, formats: 'jpeg' });
    await expect(writing).rejects.toSatisfy((error) => hasCode(error, 'config/not-writable'));
  });
});

describe('writePhantom, DICOM', () => {
  it('parses with dicom-parser and gives back every HU', async () => {
    const folder = join(root, 'dicom');
    const summary = await writePhantom(folder, {
      scans: 3,
      slices: 3,
      seed: 2,
      size: 64,
      formats: 'dicom',
      masks: true,
    });
    expect(summary.files).toBe(36);
    for (let scan = 1; scan <= 3; scan++) {
      const patient = phantomPatient(`2 Tumor ${scan}`, 'Tumor');
      for (const [i, height] of axialPlaces(patient, 3).entries()) {
        const name = `IM-${String(scan).padStart(4, '0')}-${String(i + 1).padStart(4, '0')}.dcm`;
        const data = dicomParser.parseDicom(await readFile(join(folder, 'Tumor', name)));
        expect(huOfDicom(data)).toEqual([...axialSlice(patient, height, 64).hu]);
        expect(data.string('x00080016')).toBe('1.2.840.10008.5.1.4.1.1.2');
        expect(data.string('x00080018')).toBe(data.string('x00020003'));
        expect(data.floatString('x00200032', 2)).toBeCloseTo(height, 5);
        expect(Number(data.string('x00280030')?.split('\\')[0])).toBeCloseTo(patient.scanner.axialFovMm / 64, 5);
      }
    }
    expect(existsSync(join(`${folder}.masks`, 'Tumor', 'IM-0001-0002.dcm.png'))).toBe(true);
  });

  it('gives one series UID a scan, one SOP UID a file, one patient a scan; signed and unsigned pixels', async () => {
    const folder = join(root, 'dicom');
    const files = await filesBelow(folder);
    const parsed = await Promise.all(files.map(async (file) => dicomParser.parseDicom(await readFile(file))));
    const distinct = (tag: string) => new Set(parsed.map((data) => data.string(tag))).size;
    expect(distinct('x00080018')).toBe(36);
    expect(distinct('x0020000e')).toBe(12);
    expect(distinct('x0020000d')).toBe(12);
    expect(distinct('x00100020')).toBe(12);
    expect(new Set(parsed.map((data) => data.uint16('x00280103')))).toEqual(new Set([0, 1]));
    for (const data of parsed) expect(data.string('x00080018')).toMatch(/^2\.25\.[1-9]\d{0,38}$/);
  });
});

function huOfDicom(data: dicomParser.DataSet): number[] {
  const element = data.elements.x7fe00010;
  if (element === undefined) return [];
  const signed = data.uint16('x00280103') === 1;
  const view = new DataView(data.byteArray.buffer, data.byteArray.byteOffset + element.dataOffset, element.length);
  const [slope = 0, intercept = 0] = [data.floatString('x00281053'), data.floatString('x00281052')];
  return Array.from({ length: element.length / 2 }, (_, i) => {
    return slope * (signed ? view.getInt16(2 * i, true) : view.getUint16(2 * i, true)) + intercept;
  });
}

describe('writePhantom, NIfTI and mixed', () => {
  it('makes one volume a patient that nifti-reader-js reads, HU and place kept', async () => {
    const folder = join(root, 'nifti');
    const summary = await writePhantom(folder, { scans: 1, slices: 4, seed: 3, size: 64, formats: 'nifti' });
    expect(summary).toMatchObject({ files: 4, images: 16 });
    const bytes = await readFile(join(folder, 'Stone', 'Stone-0001.nii.gz'));
    const plain = nifti.decompress(new Uint8Array(bytes).buffer);
    if (!(plain instanceof ArrayBuffer)) throw new TypeError('expected an ArrayBuffer');
    const header = nifti.readHeader(plain);
    if (header === null) throw new TypeError('expected a header');
    expect(header.dims.slice(0, 4)).toEqual([3, 64, 64, 4]);
    const voxels = new Int16Array(nifti.readImage(header, plain));
    const patient = phantomPatient('3 Stone 1', 'Stone');
    const fromFeet = [...axialPlaces(patient, 4)].reverse();
    for (const [k, height] of fromFeet.entries()) {
      const slice = axialSlice(patient, height, 64);
      expect([...voxels.subarray(k * 4096, (k + 1) * 4096)]).toEqual([...slice.hu]);
      const { origin } = slice.cut;
      const affine = header.affine.map((row) => row.map(Number));
      const at = (axis: number) => (affine[axis]?.[2] ?? 0) * k + (affine[axis]?.[3] ?? 0);
      expect([at(0), at(1), at(2)].map((mm) => Math.round(mm * 100))).toEqual(
        [-origin[0], -origin[1], origin[2]].map((mm) => Math.round(mm * 100)),
      );
    }
    const rows = (await truthOf(summary.truth)).filter((row) => row.class === 'Stone');
    expect(rows.map((row) => row.file)).toEqual([1, 2, 3, 4].map((k) => `Stone/Stone-0001.nii.gz#${k}`));
  });

  it('spreads the scans of a class over JPEG, PNG and DICOM', async () => {
    const folder = join(root, 'mixed formats');
    await writePhantom(folder, { scans: 3, slices: 2, seed: 3, size: 64, formats: 'mixed' });
    expect((await readdir(join(folder, 'Normal'))).sort()).toEqual([
      'IM-0003-0001.dcm',
      'IM-0003-0002.dcm',
      'Normal- (1).jpg',
      'Normal- (2).jpg',
      'Normal- (3).png',
      'Normal- (4).png',
    ]);
  });

  it('writes masks whose pixels are labels', async () => {
    const folder = join(root, 'masked');
    const summary = await writePhantom(folder, {
      scans: 1,
      slices: 2,
      seed: 4,
      size: 128,
      formats: 'png',
      masks: true,
    });
    const { data } = await sharp(join(`${folder}.masks`, 'Cyst', 'Cyst- (1).png.png'))
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const area = data.filter((value) => value === labels.cyst).length;
    const row = (await truthOf(summary.truth)).find((each) => each.file === 'Cyst/Cyst- (1).png');
    expect(row?.finding_area_px).toBe(area);
  });
});

describe('writeMixedFolder', () => {
  it('holds 20 good and 8 broken files in several formats', async () => {
    const folder = join(root, 'mixed');
    expect(await writeMixedFolder(folder, 1)).toEqual({ files: 28, broken: 8 });
    const files = await filesBelow(folder);
    expect(files).toHaveLength(28);
    expect(files.some((file) => /[^\x20-\x7e]/.test(file.slice(folder.length)))).toBe(true);
    const cut = await readFile(join(folder, 'pictures', 'cut short.jpg'));
    expect(cut.subarray(-2)).not.toEqual(Buffer.from([0xff, 0xd9]));
    expect((await readFile(join(folder, 'pictures', 'empty.png'))).length).toBe(0);
    expect((await readFile(join(folder, 'dicom', 'really a jpeg.dcm'))).subarray(0, 2)).toEqual(
      Buffer.from([0xff, 0xd8]),
    );
    const report = dicomParser.parseDicom(await readFile(join(folder, 'dicom', 'report.dcm')));
    expect(report.elements.x7fe00010).toBeUndefined();
    expect(() => dicomParser.parseDicom(Buffer.alloc(0))).toThrow();
    const good = dicomParser.parseDicom(await readFile(join(folder, 'dicom', 'series 1', 'IM0001')));
    expect(huOfDicom(good)).toHaveLength(256 * 256);
  });
});
