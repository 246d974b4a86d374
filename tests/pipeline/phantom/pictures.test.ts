import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  axialPlaces,
  axialSlice,
  coronalPlaces,
  coronalSlice,
  type Finding,
  findings,
  goldenImage,
  labels,
  type PhantomSlice,
  phantomPatient,
  softTissueGrey,
} from '../../../src/pipeline/phantom/index.ts';

const labelOfFinding = { Cyst: labels.cyst, Tumor: labels.tumour, Stone: labels.stone } as const;

function huOf(slice: PhantomSlice, label: number): number[] {
  return [...slice.hu].filter((_, i) => slice.labels[i] === label).sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

function sha256(pixels: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength))
    .digest('hex');
}

function patientsOf(finding: Finding, count: number) {
  return Array.from({ length: count }, (_, i) => phantomPatient(`test ${finding} ${i}`, finding));
}

describe('golden images', () => {
  it('are the same pixels on every machine', () => {
    const seen = [1, 2, 3, 4].map((seed) => [
      sha256(goldenImage(seed, 'display').pixels),
      sha256(goldenImage(seed, 'hounsfield').pixels),
    ]);
    expect(seen).toMatchInlineSnapshot(`
      [
        [
          "c430c769401a0307365405616d9709ccb471d210f4cd4919e10175ecb8939d30",
          "2e16ed0ddedf2305bca2110befba7677b3a34b69fb66663f57420173e56131dd",
        ],
        [
          "b3e39cdac4e2222fa584637aa17da0ff2761ce3d4eae23498920c629338a417e",
          "0577ea7dee99929b58e43644281d9c681e4ff260dde4935c2a199b8f95b52b97",
        ],
        [
          "22ac7b48bde011c1ccaa5a023c113aecb6252440bf37029d1110bb9916542dc8",
          "929769b7f6aa878689dfaee1d09a00cb11f6c92b13b9fa73af304ae08b8d4a2b",
        ],
        [
          "3666e7e0222474750abbdab93ad39530d2f96eb07dfccf9bdac79ce1747468d2",
          "b725e6d00b0d63e9e9d9b2c0ac2fc62f2cac23cdb809e0cfcc9aba4f3d59a9cb",
        ],
      ]
    `);
  });

  it('are 256x256 in the asked domain, half of them coronal', () => {
    const images = Array.from({ length: 8 }, (_, i) => goldenImage(i + 1, i % 2 === 0 ? 'display' : 'hounsfield'));
    for (const image of images) expect(image.pixels.length).toBe(256 * 256);
    expect(images.map((image) => image.plane).sort()).toEqual([...Array(4).fill('axial'), ...Array(4).fill('coronal')]);
    expect(images[0]).toMatchObject({ width: 256, height: 256, domain: 'display', white: 255 });
    expect(images[0]?.pixels).toBeInstanceOf(Uint8Array);
    expect(images[1]?.pixels).toBeInstanceOf(Int16Array);
  });
});

describe('slices', () => {
  it('repeat to the pixel for one seed and differ for another', () => {
    const draw = (seed: string) => axialSlice(phantomPatient(seed, 'Tumor'), 5, 128);
    expect(sha256(draw('a').hu)).toBe(sha256(draw('a').hu));
    expect(sha256(draw('a').labels)).toBe(sha256(draw('a').labels));
    expect(sha256(draw('a').hu)).not.toBe(sha256(draw('b').hu));
  });

  it('show tissues at their CT numbers', () => {
    for (const finding of findings) {
      for (const patient of patientsOf(finding, 4)) {
        const { z, y } = { z: patient.site.center[2], y: patient.site.coronalY };
        for (const slice of [axialSlice(patient, z, 256), coronalSlice(patient, y, 256)]) {
          const median = (label: number) => quantile(huOf(slice, label), 0.5);
          if (slice.cut.plane === 'axial') expect(median(labels.background)).toBeLessThan(-900);
          expect(median(labels.bone)).toBeGreaterThan(130);
          expect(median(labels.kidney)).toBeGreaterThan(15);
          expect(median(labels.kidney)).toBeLessThan(220);
          expect(median(labels.muscle)).toBeGreaterThan(25);
          expect(median(labels.muscle)).toBeLessThan(90);
          if (slice.labels.includes(labels.liver)) {
            expect(median(labels.liver)).toBeGreaterThan(10);
            expect(median(labels.liver)).toBeLessThan(150);
          }
        }
      }
    }
  });

  it('show cysts at water density, tumours at 40–110 HU, stones bright', () => {
    for (const patient of patientsOf('Cyst', 6)) {
      const hu = huOf(axialSlice(patient, patient.site.center[2], 256), labels.cyst);
      expect(quantile(hu, 0.5)).toBeGreaterThan(-5);
      expect(quantile(hu, 0.5)).toBeLessThan(25);
    }
    for (const patient of patientsOf('Tumor', 6)) {
      const hu = huOf(axialSlice(patient, patient.site.center[2], 256), labels.tumour);
      expect(quantile(hu, 0.5)).toBeGreaterThanOrEqual(35);
      expect(quantile(hu, 0.5)).toBeLessThanOrEqual(115);
      expect(quantile(hu, 0.9) - quantile(hu, 0.1)).toBeGreaterThan(25);
    }
    for (const patient of patientsOf('Stone', 6)) {
      const hu = huOf(axialSlice(patient, patient.site.center[2], 256), labels.stone);
      expect(quantile(hu, 0.5)).toBeGreaterThan(300);
      expect(quantile(hu, 1)).toBeLessThan(1700);
    }
  });

  it('cross a kidney always, and the finding of their class, and no other, nearly always', () => {
    for (const finding of findings) {
      const slices = patientsOf(finding, 4).flatMap((patient) => [
        ...axialPlaces(patient, 6).map((z) => axialSlice(patient, z, 128)),
        ...coronalPlaces(patient, 6).map((y) => coronalSlice(patient, y, 128)),
      ]);
      expect(slices.every((slice) => huOf(slice, labels.kidney).length > 30)).toBe(true);
      for (const [other, label] of Object.entries(labelOfFinding)) {
        const share = slices.filter((slice) => slice.labels.includes(label)).length / slices.length;
        if (other === finding) expect(share).toBeGreaterThan(0.9);
        else expect(share).toBe(0);
      }
    }
  });

  it('have air above the body when axial, and cut the body at both edges when coronal', () => {
    for (const patient of patientsOf('Normal', 20)) {
      const axial = axialSlice(patient, patient.site.center[2], 100);
      expect(axial.labels.subarray(0, 4 * 100).every((label) => label === labels.background)).toBe(true);
      const coronal = coronalSlice(patient, patient.site.coronalY, 100);
      for (const row of [0, 99]) {
        const inBody = coronal.labels
          .subarray(row * 100, row * 100 + 100)
          .filter((label) => label !== labels.background);
        expect(inBody.length).toBeGreaterThan(40);
      }
    }
  });

  it('are the same person with another illness when only the finding differs', () => {
    const [ill, well] = (['Stone', 'Normal'] as const).map((finding) => phantomPatient('one', finding));
    expect(ill?.physique).toEqual(well?.physique);
    expect(ill?.scanner).toEqual(well?.scanner);
    expect(ill?.kidneys).toEqual(well?.kidneys);
    expect(ill?.site).toEqual(well?.site);
  });
});

/** 48x48 box averages, mean 0 and length 1, so that a dot product is a correlation. */
function thumbnail(slice: PhantomSlice): Float64Array {
  const grey = softTissueGrey(slice.hu);
  const side = 48;
  const step = slice.width / side;
  const result = new Float64Array(side * side);
  for (let row = 0; row < slice.height; row++) {
    for (let column = 0; column < slice.width; column++) {
      const cell = Math.floor(row / step) * side + Math.floor(column / step);
      result[cell] = (result[cell] ?? 0) + (grey[row * slice.width + column] ?? 0);
    }
  }
  const mean = result.reduce((a, b) => a + b) / result.length;
  const centred = result.map((value) => value - mean);
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return centred.map((value) => value / length);
}

function correlation(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

describe('scan recovery can work on them', () => {
  const size = 192;
  const planes = {
    axial: (finding: Finding, index: number) => {
      const patient = phantomPatient(`alike ${finding} ${index}`, finding);
      return axialPlaces(patient, 6).map((z) => thumbnail(axialSlice(patient, z, size)));
    },
    coronal: (finding: Finding, index: number) => {
      const patient = phantomPatient(`alike ${finding} ${index}`, finding);
      return coronalPlaces(patient, 6).map((y) => thumbnail(coronalSlice(patient, y, size)));
    },
  };

  it.each(['axial', 'coronal'] as const)('%s neighbours look alike, patients of one class do not', (plane) => {
    const neighbours: number[] = [];
    const strangers: number[] = [];
    for (const finding of findings) {
      const scans = Array.from({ length: 6 }, (_, i) => planes[plane](finding, i));
      for (const [i, scan] of scans.entries()) {
        for (const [k, next] of scan.slice(1).entries()) neighbours.push(correlation(scan[k] ?? next, next));
        for (const other of scans.slice(i + 1)) {
          strangers.push(Math.max(...scan.flatMap((a) => other.map((b) => correlation(a, b)))));
        }
      }
    }
    neighbours.sort((a, b) => a - b);
    strangers.sort((a, b) => a - b);
    expect(quantile(neighbours, 0.1)).toBeGreaterThan(0.95);
    expect(quantile(neighbours, 0)).toBeGreaterThan(0.9);
    expect(quantile(strangers, 0.95)).toBeLessThan(0.9);
    expect(quantile(strangers, 1)).toBeLessThan(0.93);
  });
});

describe('no shortcut', () => {
  it('mean grey depends on the patient more than on the class', () => {
    const means = findings.map((finding) =>
      patientsOf(finding, 16).map((patient) => {
        const grey = softTissueGrey(axialSlice(patient, patient.site.center[2], 96).hu);
        return grey.reduce((a, b) => a + b) / grey.length;
      }),
    );
    const average = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
    const spread = Math.sqrt(average(means.flatMap((group) => group.map((value) => (value - average(group)) ** 2))));
    const centres = means.map(average);
    expect(Math.max(...centres) - Math.min(...centres)).toBeLessThan(spread);
  });
});
