import { describe, expect, it } from 'vitest';
import type { Plane } from '../../../src/pipeline/domain/image.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { recoverScans, type ScanAnswer, type ScanImage } from '../../../src/pipeline/files/index.ts';
import { numberRanges } from '../../../src/pipeline/files/scans/number-ranges.ts';
import { fileNumber } from '../../../src/pipeline/files/scans/scan.ts';
import { adjustedRandIndex } from './helpers/rand-index.ts';
import { noiseThumbnail, scanThumbnails } from './helpers/thumbnails.ts';

const thresholds = { same_scan: 0.93, stray: 0.5 };

/** Pictures of one made-up scan, numbered; the truth is its name. */
function scan(
  name: string,
  plane: Plane,
  numbers: readonly number[],
  more: Partial<ScanImage> & { folder?: string } = {},
) {
  const { folder = 'Cyst', ...rest } = more;
  const thumbnails = scanThumbnails(name, numbers.length);
  return numbers.map((number, i) => {
    const file = `${folder}/Cyst- (${number}).jpg`;
    const thumbnail = thumbnails[i] ?? new Float32Array(48 * 48);
    return { truth: name, image: file, file, class: 'Cyst', plane, thumbnail, ...rest };
  });
}

const range = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** Truth → the groups its images came to, joined by name: `{a: 'cyst-p01', b: 'cyst-p02'}`. */
function groupsOf(images: readonly (ScanImage & { truth: string })[], answers = recoverScans(images, thresholds)) {
  return Object.fromEntries(
    [...Map.groupBy(images.entries(), ([, { truth }]) => truth)].map(([truth, members]) => [
      truth,
      [...new Set(members.map(([i]) => answers[i]?.group))].join(' + '),
    ]),
  );
}

describe('scan recovery', () => {
  it('tells interleaved and distant scans apart and numbers them in order', () => {
    const images = [
      ...scan('a', 'axial', range(1, 12)),
      ...scan('b', 'coronal', range(13, 20)),
      ...scan('c', 'axial', range(30, 40)),
      ...scan('d', 'coronal', range(41, 60)),
    ];
    const answers = recoverScans(images, thresholds);
    expect(
      adjustedRandIndex(
        answers.map((a) => a.scan),
        images.map((i) => i.truth),
      ),
    ).toBe(1);
    expect(groupsOf(images)).toEqual({ a: 'cyst-p01', b: 'cyst-p01', c: 'cyst-p02', d: 'cyst-p02' });
    expect([...new Set(answers.map((a) => a.scan))]).toEqual(['cyst-s01', 'cyst-s02', 'cyst-s03', 'cyst-s04']);
  });

  it('gives the same answers whatever the order of the images', () => {
    const images = [
      ...scan('a', 'axial', range(1, 8)),
      ...scan('b', 'coronal', range(9, 15)),
      ...scan('s', 'coronal', [99]),
      ...scan('c', 'axial', range(30, 40)),
    ];
    const answer = new Map(recoverScans(images, thresholds).map((each, i) => [images[i]?.image, each]));
    for (let seed = 1; seed <= 5; seed++) {
      const mixed = randomFrom('order', seed).shuffled(images);
      expect(recoverScans(mixed, thresholds)).toEqual(mixed.map(({ image }) => answer.get(image)));
    }
  });

  it('keeps axial scans in a row together, and scans whose numbers lie inside one another', () => {
    const images = [
      ...scan('a', 'axial', range(1, 9)),
      ...scan('b', 'axial', range(10, 19)),
      ...scan('c', 'coronal', [20, 22, 24, 26, 28, 30]),
      ...scan('d', 'axial', [21, 23, 25, 27, 29]),
      ...scan('e', 'coronal', range(31, 39)),
      ...scan('f', 'axial', range(40, 49)),
    ];
    const { a, f, ...between } = groupsOf(images);
    expect(between).toEqual({ b: a, c: a, d: a, e: a });
    expect(f).not.toBe(a);
  });

  it('does not let a scan that comes back far away swallow the exams between', () => {
    const images = [
      ...scan('a', 'axial', [...range(1, 20), 90, ...range(150, 190)]),
      ...scan('b', 'coronal', range(21, 30)),
      ...scan('c', 'axial', range(60, 70)),
      ...scan('d', 'coronal', range(71, 80)),
    ];
    const groups = groupsOf(images);
    expect(groups.b).toBe(groups.a);
    expect(groups.d).toBe(groups.c);
    expect(groups.c).not.toBe(groups.a);
  });

  it('puts an exam that stands inside the second part of an earlier one into the group of that one', () => {
    const images = [
      ...scan('a', 'axial', [...range(1, 20), ...range(200, 240)]),
      ...scan('b', 'coronal', range(21, 30)),
      ...scan('c', 'axial', range(100, 110)),
      ...scan('d', 'coronal', range(111, 120)),
      ...scan('e', 'coronal', range(210, 215)),
    ];
    expect(groupsOf(images).e).toBe(groupsOf(images).a);
  });

  it('gives a stray image to the most similar scan of its plane, else to its place in the numbering', () => {
    const stray = (name: string, plane: Plane, number: number, thumbnail: Float32Array) =>
      scan(name, plane, [number]).map((image) => ({ ...image, thumbnail }));
    const noise = noiseThumbnail('stray');
    const likeFar = (scanThumbnails('far', 6)[5] ?? noise).map((v, k) => v + 1.2 * (noise[k] ?? 0));
    const images = [
      ...stray('first', 'axial', 1, noiseThumbnail('first')),
      ...stray('similar', 'axial', 2, likeFar),
      ...stray('similar in another plane', 'coronal', 21, likeFar),
      ...scan('near', 'axial', range(3, 12)),
      ...scan('near too', 'coronal', range(13, 20)),
      ...stray('between', 'coronal', 60, noiseThumbnail('between')),
      ...scan('far', 'axial', range(100, 110)),
      ...scan('far too', 'coronal', range(111, 120)),
    ];
    const answers = recoverScans(images, thresholds);
    expect(new Set(answers.map((answer) => answer.scan)).size).toBe(8);
    const groups = groupsOf(images, answers);
    expect(groups.near).not.toBe(groups.far);
    expect(groups.first).toBe(groups.near);
    expect(groups.similar).toBe(groups.far);
    expect(groups['similar in another plane']).toBe(groups.near);
    expect(groups.between).toBe(groups.near);
  });

  it('makes each scan a group where names have no numbers or no plane is known', () => {
    const plain = ['a', 'b', 'c'].flatMap((name) =>
      scan(name, 'axial', range(1, 5)).map((image, i) => {
        const file = `Cyst/${name}${'x'.repeat(i)}.png`;
        return { ...image, file, image: file };
      }),
    );
    expect(groupsOf(plain)).toEqual({ a: 'cyst-p01', b: 'cyst-p02', c: 'cyst-p03' });
    const unknown = [...scan('a', 'unknown', range(1, 5)), ...scan('b', 'unknown', range(6, 10))];
    expect(groupsOf(unknown)).toEqual({ a: 'cyst-p01', b: 'cyst-p02' });
  });

  it('takes folders below the class for patients, and never a scan across folders', () => {
    const images = [
      ...scan('a', 'axial', range(1, 5), { folder: 'data/Cyst/Miller' }),
      ...scan('b', 'coronal', range(6, 9), { folder: 'data/Cyst/Miller/series 2' }),
      ...scan('c', 'axial', range(10, 14), { folder: 'data/Cyst/Smith' }),
      ...scan('a', 'axial', range(20, 24), { folder: 'data/Cyst/Smith' }).map((image) => ({
        ...image,
        truth: 'a again',
      })),
    ];
    const answers = recoverScans(images, thresholds);
    expect(groupsOf(images, answers)).toEqual({ a: 'cyst-p01', b: 'cyst-p01', c: 'cyst-p02', 'a again': 'cyst-p02' });
    expect(new Set(answers.map((answer) => answer.scan)).size).toBe(4);
    expect(JSON.stringify(answers)).not.toMatch(/Miller|Smith/i);
  });

  it('never joins classes, however similar', () => {
    const images = [
      ...scan('a', 'axial', range(1, 5)),
      ...scan('a', 'axial', range(6, 9), { class: 'Tumor', folder: 'Tumor' }).map((image) => ({
        ...image,
        truth: 'b',
      })),
    ];
    expect(groupsOf(images)).toEqual({ a: 'cyst-p01', b: 'tumor-p01' });
  });

  it('takes scan and patient from the metadata where there is any', () => {
    const images = [
      ...scan('a', 'axial', [1, 2], { scanKey: 'series 1', groupKey: 'patient 1' }),
      ...scan('b', 'axial', [3, 4], { scanKey: 'series 2', groupKey: 'patient 1' }),
      ...scan('c', 'axial', [5, 6], { scanKey: 'series 3' }),
      ...scan('d', 'axial', [7], { scanKey: 'series 4', groupKey: 'patient 2', class: 'Tumor' }),
      ...scan('e', 'axial', [8], { scanKey: 'series 4', groupKey: 'study 9', class: 'Tumor' }),
    ];
    const answers = recoverScans(images, thresholds);
    const groups = groupsOf(images, answers);
    expect(groups.b).toBe(groups.a);
    expect(groups.c).toMatch(/^dicom-[0-9a-f]{12}$/);
    expect(groups.c).not.toBe(groups.a);
    expect(groups.e).toBe(groups.d);
    expect(new Set(answers.map((answer) => answer.scan)).size).toBe(4);
    requireOneGroupAScan(answers);
  });

  it('takes a volume for a scan and a patient, whatever its slices look like', () => {
    const volume = (name: string, frames: number) =>
      scan(name, 'axial', range(1, frames)).map((image, i) => ({
        ...image,
        file: `Cyst/${name}.nii.gz`,
        image: `Cyst/${name}.nii.gz#${i + 1}`,
        thumbnail: scanThumbnails(`${name} ${i}`, 1)[0] ?? image.thumbnail,
      }));
    const images = [...volume('a', 12), ...volume('b', 3), ...scan('picture', 'axial', range(1, 4))];
    const answers = recoverScans(images, thresholds);
    expect(groupsOf(images, answers)).toEqual({ a: 'cyst-p01', b: 'cyst-p02', picture: 'cyst-p03' });
    expect(new Set(answers.map((answer) => answer.scan)).size).toBe(3);
  });

  it('follows the label table before everything, and gives no label away twice', () => {
    const images = [
      ...scan('a', 'axial', [1, 2, 3], { labelScan: 'mine', labelGroup: 'cyst-p01' }),
      ...scan('b', 'axial', [4, 5, 6], { labelScan: 'alone', scanKey: 'series 1' }),
      ...scan('c', 'axial', [7, 8, 9], { labelGroup: 'shared' }),
      ...scan('d', 'axial', [10, 11], { labelGroup: 'shared', scanKey: 'series 2', groupKey: 'patient' }),
      ...scan('e', 'axial', [12, 13, 14]),
    ];
    const answers = recoverScans(images, thresholds);
    expect(groupsOf(images, answers)).toEqual({ a: 'cyst-p01', b: 'alone', c: 'shared', d: 'shared', e: 'cyst-p02' });
    expect(answers[0]?.scan).toBe('mine');
    requireOneGroupAScan(answers);
  });

  it('answers an empty list, one image and blank images', () => {
    expect(recoverScans([], thresholds)).toEqual([]);
    expect(recoverScans(scan('a', 'axial', [1]), thresholds)).toEqual([{ scan: 'cyst-s01', group: 'cyst-p01' }]);
    const blank = scan('a', 'axial', [1, 2, 3]).map((image) => ({ ...image, thumbnail: new Float32Array(48 * 48) }));
    expect(new Set(recoverScans(blank, thresholds).map((answer) => answer.scan)).size).toBe(3);
  });
});

function requireOneGroupAScan(answers: readonly ScanAnswer[]): void {
  const groups = new Map<string, string>();
  for (const { scan: id, group } of answers) {
    expect(groups.get(id) ?? group).toBe(group);
    groups.set(id, group);
  }
}

describe('numbers in file names', () => {
  it.each([
    ['Cyst/Cyst- (12).jpg', 12],
    ['a/b7/IM-0001-0023.dcm', 23],
    ['scan_004.nii.gz', 4],
    ['12', 12],
    ['patient 3/picture.png', undefined],
    ['slice.7', 7],
    ['1.2.840.10008.99999999999999999999', undefined],
  ])('%s → %s', (file, number) => {
    expect(fileNumber(file)).toBe(number);
  });

  it('form ranges that wide gaps end, without misplaced single ones', () => {
    expect(numberRanges([1, 2, 4, 6, 60, 100, 102, 104])).toEqual([
      { first: 1, last: 6 },
      { first: 100, last: 104 },
    ]);
    expect(numberRanges([5, 500])).toEqual([
      { first: 5, last: 5 },
      { first: 500, last: 500 },
    ]);
    expect(numberRanges([5, 6, 500])).toEqual([
      { first: 5, last: 6 },
      { first: 500, last: 500 },
    ]);
    expect(numberRanges([0, 10, 20, 70, 80])).toEqual([{ first: 0, last: 80 }]);
  });
});
