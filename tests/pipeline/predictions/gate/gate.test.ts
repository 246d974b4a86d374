import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../../src/pipeline/domain/random.ts';
import { farPictures } from '../../../../src/pipeline/predictions/gate/far-pictures.ts';
import { fitGate, type Seen } from '../../../../src/pipeline/predictions/gate/fit.ts';
import { openGate, sealedNumbers } from '../../../../src/pipeline/predictions/gate/gate.ts';
import { distanceFrom, fitGaussian } from '../../../../src/pipeline/predictions/gate/gaussian.ts';
import { nearPictures } from '../../../../src/pipeline/predictions/gate/near-pictures.ts';
import { factsOfInput } from '../../../../src/pipeline/predictions/gate/picture-facts.ts';

/** Groups around one place, each with a place of its own; values that hang together. */
function study(groups: number, images: number, seed = 1): Seen[] {
  const random = randomFrom('gate test', seed);
  return Array.from({ length: groups }, (_, group) => {
    const own = Array.from({ length: 6 }, () => random.normal());
    return Array.from({ length: images }, () => {
      const shared = random.normal();
      const looks = Float64Array.from(own, (value, i) => 10 * i + value + shared + 0.3 * random.normal());
      return { group: `patient-${group}`, looks };
    });
  }).flat();
}

describe('the bell of a gate', () => {
  it('gives the squared Mahalanobis distance a dimension, worked by hand for two values', () => {
    const vectors = [
      [0, 0],
      [2, 2],
      [0, 2],
      [2, 0],
    ].map((values) => Float64Array.from(values));
    const gaussian = fitGaussian(vectors);
    // Uncorrelated: variance 1, spread² = 1 + 0.1², shrunk diagonal 0.9 v + 0.1 v = v with v = 1 / 1.01.
    expect(distanceFrom(gaussian, Float64Array.of(1, 1))).toBeCloseTo(0, 12);
    expect(distanceFrom(gaussian, Float64Array.of(3, 1))).toBeCloseTo(4 / 2, 9);
  });

  it('stays finite where values never vary, and finds what breaks a correlation', () => {
    const vectors = Array.from({ length: 20 }, (_, i) => Float64Array.of(i, i, 7));
    const gaussian = fitGaussian(vectors);
    const along = distanceFrom(gaussian, Float64Array.of(12, 12, 7));
    const across = distanceFrom(gaussian, Float64Array.of(12, 7, 7));
    expect(Number.isFinite(across)).toBe(true);
    expect(across).toBeGreaterThan(5 * along);
    expect(distanceFrom(gaussian, Float64Array.of(12, 12, 60))).toBeGreaterThan(100);
  });
});

describe('fitting a gate', () => {
  it('refuses few images of groups that it has not seen, and all that lie elsewhere', () => {
    const fitted = fitGate(study(24, 10), 0.05);
    if (fitted === undefined) throw new Error('no gate');
    expect(fitted).toMatchObject({ groups: 24 });
    expect(fitted.refused).toBeLessThanOrEqual(0.05);
    const fresh = study(24, 10, 2).map(({ looks }) => distanceFrom(fitted.gaussian, looks));
    expect(fresh.filter((distance) => distance > fitted.limit).length / fresh.length).toBeLessThan(0.1);
    const elsewhere = study(4, 10, 3).map(({ looks }) => looks.map((value) => value + 15));
    expect(elsewhere.every((looks) => distanceFrom(fitted.gaussian, looks) > fitted.limit)).toBe(true);
  });

  it('has nothing to hold out with fewer than three groups', () => {
    expect(fitGate(study(2, 30), 0.05)).toBeUndefined();
    expect(fitGate(study(3, 5), 0.05)).toMatchObject({ groups: 3 });
  });

  it('does not depend on the order of the images, and opens as it was sealed', () => {
    const seen = study(5, 6);
    const [one, other] = [fitGate(seen, 0.05), fitGate(seen.toReversed(), 0.05)];
    if (one === undefined || other === undefined) throw new Error('no gate');
    expect(other.limit).toBeCloseTo(one.limit, 9);
    const evidence = { images: 30, groups: 5, refused: 0, groups_above: 0, unseen: true, trials: [] };
    const open = openGate({ version: 1, taps: ['map'], refusals: 0.05, evidence, ...sealedNumbers(one) });
    const [{ looks }] = seen as [Seen];
    expect(open.distance(looks)).toBeCloseTo(distanceFrom(one.gaussian, looks), 4);
    expect(() => open.distance(looks.slice(1))).toThrow(RangeError);
  });
});

describe('pictures that a gate is tried on', () => {
  const display = { domains: ['display'], windows: [{ center: 40, width: 400 }] } as const;
  const contract = {
    domains: [...display.domains],
    windows: [display.windows[0]] as [{ center: number; width: number }],
  };

  it('are the same each time, differ by seed, and come in a domain that the contract takes', () => {
    const [once, again] = [farPictures(contract, 2), farPictures(contract, 2)];
    expect(once).toEqual(again);
    expect(new Set(once.map(({ name }) => name)).size).toBe(8);
    const text = once.filter(({ name }) => name === 'text').map(({ image }) => image.pixels);
    expect(text[0]).not.toEqual(text[1]);
    const hounsfield = farPictures({ ...contract, domains: ['hounsfield'] }, 1);
    expect(hounsfield.every(({ image }) => image.domain === 'hounsfield')).toBe(true);
    expect(hounsfield.find(({ name }) => name === 'black')?.image.pixels[0]).toBe(-1000);
  });

  it('are the study’s own, turned, cut and windowed otherwise', () => {
    const pixels = Uint8Array.from({ length: 12 }, (_, i) => i * 20);
    const image = { width: 4, height: 3, pixels, domain: 'display', white: 255, plane: 'axial' } as const;
    const made = new Map([...nearPictures([image], contract)].map((each) => [each.name, each.image]));
    const turned = made.get('turned by 90 degrees');
    expect([turned?.width, turned?.height]).toEqual([3, 4]);
    // The lowest row becomes the first column, read upwards.
    expect([...(turned?.pixels ?? [])].slice(0, 3)).toEqual([160, 80, 0]);
    expect([...(made.get('upside down')?.pixels ?? [])].slice(0, 4)).toEqual([160, 180, 200, 220]);
    expect([...(made.get('inverted')?.pixels ?? [])].slice(0, 2)).toEqual([255, 235]);
    expect(Math.min(...(made.get('window of half the width')?.pixels ?? []))).toBe(0);
    expect([made.get('middle part only')?.width, made.get('middle part only')?.height]).toEqual([2, 2]);
  });
});

describe('facts of a picture', () => {
  const facts = (greys: readonly number[]): number[] => {
    const values = Float32Array.from(greys, (grey) => (grey - 127) / 128);
    return [...factsOfInput({ values, planes: 1, size: Math.sqrt(greys.length), mean: 127, std: 128 })];
  };

  it('are shares, bits and logarithms, worked by hand', () => {
    expect(facts([0, 0, 0, 0])).toEqual([1, 0, 0, 0, 0]);
    const [dark, saturated, entropy, edges] = facts([0, 255, 0, 255]);
    // Two greys, half each; only the horizontal neighbours of the first column differ: 2 pairs of 255, halved, over 4.
    expect([dark, saturated, entropy]).toEqual([0.5, 0.5, 1]);
    expect(edges).toBeCloseTo(Math.log1p((2 * 255) / 2 / 4), 6);
  });
});
