import { describe, expect, it } from 'vitest';
import type { ManifestRow } from '../../../src/pipeline/domain/dataset.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { identicalPixels, similarPictures } from '../../../src/pipeline/stages/suspects/contradictions.ts';
import { doubts } from '../../../src/pipeline/stages/suspects/doubt.ts';

const row = (image: string, name: string, change: Partial<ManifestRow> = {}): ManifestRow => ({
  file: image,
  image,
  sha256: '',
  pixel_hash: `pixels of ${image}`,
  class: name,
  scan: 's',
  group: 'p',
  domain: 'display',
  plane: 'axial',
  width: 48,
  height: 48,
  ...change,
});

describe('doubt', () => {
  it('standardises the loss in its class, so that a hard class is not suspect as a whole', () => {
    const easy = [0.99, 0.98, 0.97, 0.6].map((p) => ({ truth: 0, answers: [[p, 1 - p]] }));
    const hard = [0.5, 0.45, 0.4, 0.05].map((p) => ({ truth: 1, answers: [[1 - p, p]] }));
    const scores = doubts([...easy, ...hard], 2).map(({ score }) => score);
    expect(Math.max(...scores.slice(0, 4))).toBe(scores[3]);
    expect(scores[7]).toBeGreaterThan(1.5);
    // Surer of its label than the images of the easy class's worst, yet it is the worst of its own class that counts.
    expect(scores[3]).toBeGreaterThan(scores[4] ?? 0);
    expect(scores.slice(0, 4).reduce((sum, each) => sum + each, 0)).toBeCloseTo(0, 9);
  });

  it('averages over repeats: one unlucky fold weighs less than two that agree', () => {
    const steady = Array.from({ length: 6 }, () => ({
      truth: 0,
      answers: [
        [0.9, 0.1],
        [0.8, 0.2],
      ],
    }));
    const once = {
      truth: 0,
      answers: [
        [0.1, 0.9],
        [0.8, 0.2],
      ],
    };
    const twice = {
      truth: 0,
      answers: [
        [0.1, 0.9],
        [0.1, 0.9],
      ],
    };
    const found = doubts(
      [
        ...steady,
        once,
        twice,
        {
          truth: 1,
          answers: [
            [0.2, 0.8],
            [0.2, 0.8],
          ],
        },
      ],
      2,
    );
    expect(found[7]?.score).toBeGreaterThan(found[6]?.score ?? 0);
    expect(found[6]?.score).toBeGreaterThan(found[0]?.score ?? 0);
    expect(found[7]).toMatchObject({ suggested: 1, likely: true });
    expect(found[0]).toMatchObject({ suggested: 1, likely: false });
  });

  it('never suggests the label itself, and counts none as wrong where every answer is right', () => {
    const random = randomFrom('doubts');
    const rows = Array.from({ length: 90 }, (_, i) => {
      const truth = i % 3;
      const answer = [0, 1, 2].map((k) => (k === truth ? 2 : 0.2) + random.next());
      const sum = answer.reduce((all, each) => all + each, 0);
      return { truth, answers: [answer.map((each) => each / sum)] };
    });
    const found = doubts(rows, 3);
    expect(found.some(({ likely }) => likely)).toBe(false);
    expect(found.every(({ suggested }, i) => suggested !== rows[i]?.truth)).toBe(true);
  });
});

describe('contradictions', () => {
  it('show the kept file of pixels that were left out under another class', () => {
    const manifest = [row('Cyst/1.png', 'Cyst'), row('Cyst/2.png', 'Cyst'), row('Tumor/9.png', 'Tumor')];
    const duplicates = [
      { file: 'Tumor/1.png', duplicate_of: 'Cyst/1.png', class: 'Tumor' },
      { file: 'Cyst/2 (copy).png', duplicate_of: 'Cyst/2.png', class: 'Cyst' },
      // A table that an earlier version wrote.
      { file: 'Tumor/3.png', duplicate_of: 'Tumor/9.png', class: '' },
    ];
    expect(identicalPixels(manifest, duplicates)).toEqual([
      { image: 'Cyst/1.png', reason: 'identical-pixels', suggested: 'Tumor', other: 'Tumor/1.png', weight: 1 },
    ]);
    const frames = [row('a#0', 'Cyst', { pixel_hash: 'x' }), row('b#0', 'Tumor', { pixel_hash: 'x' })];
    expect(identicalPixels(frames, []).map(({ image, suggested }) => [image, suggested])).toEqual([
      ['a#0', 'Tumor'],
      ['b#0', 'Cyst'],
    ]);
  });

  it('put one wrong label among neighbours on the list, not the neighbours', () => {
    const random = randomFrom('near');
    const base = Array.from({ length: 48 * 48 }, () => 255 * random.next());
    const thumbnails = new Map<string, Float32Array>();
    const manifest = Array.from({ length: 6 }, (_, i) => {
      const image = `${i}.png`;
      thumbnails.set(
        image,
        Float32Array.from(base, (value) => value + random.normal()),
      );
      return row(image, i === 3 ? 'Stone' : 'Cyst');
    });
    thumbnails.set(
      'far.png',
      Float32Array.from(base, () => 255 * random.next()),
    );
    manifest.push(row('far.png', 'Stone'));
    const nearness = { near_duplicate: 0.995, same_scan: 0.93 };
    const found = similarPictures(manifest, thumbnails, nearness);
    const wrong = { image: '3.png', suggested: 'Cyst', reason: 'near-duplicate', weight: 5 };
    expect(found).toEqual([expect.objectContaining(wrong)]);
    const pair = manifest.slice(2, 4);
    expect(similarPictures(pair, thumbnails, nearness).map(({ image }) => image)).toEqual(['2.png', '3.png']);
    // Less alike, as slices of one scan are: two of a label that is outnumbered hold each other, one alone does not.
    const strict = { near_duplicate: 1, same_scan: 0.93 };
    const two = manifest.map((each, i) => (i === 4 ? { ...each, class: 'Stone' } : each));
    expect(similarPictures(two.slice(0, 5), thumbnails, strict)).toEqual([]);
    expect(similarPictures(manifest, thumbnails, strict)).toEqual([
      expect.objectContaining({ ...wrong, reason: 'neighbours' }),
    ]);
  });
});
