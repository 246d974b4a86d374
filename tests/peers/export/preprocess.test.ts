import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type Contract,
  cropRules,
  paddingRules,
  resizeRules,
  roundings,
} from '../../../src/pipeline/domain/contract.ts';
import type { DecodedImage } from '../../../src/pipeline/domain/image.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { applyContract, openImage, type Picture } from '../../../src/pipeline/images/index.ts';
import { pythonFiles, toNpy } from '../../../src/pipeline/network/export/index.ts';
import { writePhantom } from '../../../src/pipeline/phantom/index.ts';
import { smallContract } from '../../helpers/seal-network.ts';

const python = process.env.HILUM_PEER_PYTHON;
if (python === undefined) console.warn('SKIPPED: exported preprocess.py: HILUM_PEER_PYTHON is not set');

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hilum-peer-preprocess-'));
  await writeFile(join(root, 'preprocess.py'), pythonFiles['preprocess.py']);
});
afterAll(() => rm(root, { recursive: true, force: true }));

interface Case {
  readonly source: string;
  readonly expected: string;
  readonly contract: Contract;
  readonly domain: string;
  readonly white: number;
}

const cases: Case[] = [];

async function add(source: string, image: Picture, contract: Contract): Promise<void> {
  const expected = join(root, `expected-${cases.length}.npy`);
  const { size, channels } = contract;
  await writeFile(expected, toNpy(applyContract(image, contract, channels), [1, size, size, channels]));
  cases.push({ source, expected, contract, domain: image.domain, white: image.white });
}

const worstOf = async (): Promise<number[]> => {
  const list = join(root, 'cases.json');
  await writeFile(list, JSON.stringify(cases));
  const script = fileURLToPath(new URL('preprocess_all.py', import.meta.url));
  const printed = execFileSync(python ?? '', [script, root, list], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return z.array(z.number()).parse(JSON.parse(printed));
};

/** Every rule of the contract with every other, window and size drawn. */
function* contracts(seed: number): Generator<Contract> {
  const random = randomFrom('contracts', seed);
  const roundingsOrNone = [undefined, ...roundings];
  for (const resize of resizeRules) {
    for (const crop of cropRules) {
      for (const padding of paddingRules) {
        const rounding = roundingsOrNone[random.below(roundingsOrNone.length)];
        const window = () => ({ center: random.below(120) - 40, width: 50 + random.below(600) });
        const windows: Contract['windows'] = random.below(2) === 0 ? [window()] : [window(), window(), window()];
        const drawn = { size: 16 + random.below(60), mean: random.below(130), std: 1 + random.below(200) };
        yield {
          ...smallContract,
          ...drawn,
          ...(rounding === undefined ? {} : { rounding }),
          resize,
          crop,
          padding,
          windows,
          channels: windows.length === 1 && random.below(3) === 0 ? 1 : 3,
        };
      }
    }
  }
}

/** A bright ellipse on black with texture: something that can be cropped. */
function drawn(seed: number, domain: DecodedImage['domain']): Picture {
  const random = randomFrom('drawn', seed);
  const [width, height] = [17 + random.below(300), 17 + random.below(300)];
  const [x0, y0] = [width * (0.3 + 0.4 * random.next()), height * (0.3 + 0.4 * random.next())];
  const [a, b] = [width * (0.1 + 0.3 * random.next()), height * (0.1 + 0.3 * random.next())];
  const inside = (i: number): boolean => (((i % width) - x0) / a) ** 2 + ((Math.floor(i / width) - y0) / b) ** 2 < 1;
  const length = width * height;
  if (domain === 'hounsfield') {
    const hu = (_: unknown, i: number): number => (inside(i) ? 40 + 60 * random.normal() : -1000 + random.below(30));
    return { width, height, white: 255, domain, pixels: Float32Array.from({ length }, hu) };
  }
  const grey = (_: unknown, i: number): number => (inside(i) ? 60 + random.below(190) : random.below(12));
  return { width, height, white: 255, domain, pixels: Uint8Array.from({ length }, grey) };
}

describe.skipIf(python === undefined)('preprocess.py makes the input that we make, within 1e-4', () => {
  it('of drawn pictures of many sizes, by every rule, and of phantom PNG and DICOM files', async () => {
    let seed = 0;
    for (const domain of ['display', 'hounsfield'] as const) {
      for (const contract of contracts(domain.length)) {
        const picture = drawn(++seed, domain);
        const source = join(root, `drawn-${seed}.npy`);
        const pixels = picture.pixels instanceof Uint8Array ? picture.pixels : Float32Array.from(picture.pixels);
        await writeFile(source, toNpy(pixels, [picture.height, picture.width]));
        await add(source, picture, contract);
      }
    }
    const drawnCases = cases.length;
    await addPhantoms();
    await addOddPictures();
    const worst = await worstOf();
    console.log(
      `${drawnCases} drawn, ${worst.length - drawnCases} from files: worst ${Math.max(...worst).toExponential(1)}`,
    );
    for (const [index, value] of worst.entries()) {
      expect(value, JSON.stringify({ ...cases[index], expected: undefined })).toBeLessThanOrEqual(1e-4);
    }
    expect(drawnCases).toBe(2 * resizeRules.length * cropRules.length * paddingRules.length);
  });
});

async function addPhantoms(): Promise<void> {
  for (const format of ['png', 'dicom'] as const) {
    const folder = join(root, format);
    const signal = new AbortController().signal;
    const options = { scans: 1, slices: 2, seed: 3, size: 96, masks: false, formats: format, signal };
    const { files } = await phantomFiles(folder, options);
    for (const file of files) {
      const image = await (await openImage(await readFile(file))).decode(0);
      for (const resize of ['area', 'bilinear'] as const) await add(file, image, { ...smallContract, resize });
    }
  }
}

async function phantomFiles(folder: string, options: Parameters<typeof writePhantom>[1]) {
  await writePhantom(folder, options);
  const { glob } = await import('node:fs/promises');
  const files: string[] = [];
  for await (const name of glob('**/*.{png,dcm}', { cwd: folder })) files.push(join(folder, name));
  return { files: files.sort() };
}

/** 16-bit grey, colour, a palette, transparency. */
async function addOddPictures(): Promise<void> {
  const random = randomFrom('odd pictures');
  const [width, height] = [40, 30];
  const samples = (channels: 1 | 2 | 3 | 4) =>
    sharp(Buffer.from(Uint8Array.from({ length: width * height * channels }, () => random.below(256))), {
      raw: { width, height, channels },
    });
  const deep = Uint16Array.from({ length: width * height }, () => random.below(65536));
  const pictures = {
    'colour.png': samples(3).png(),
    'palette.png': samples(3).png({ palette: true }),
    'alpha.png': samples(4).png(),
    'grey-alpha.png': samples(2).toColourspace('b-w').png(),
    'grey.tif': samples(1).toColourspace('b-w').tiff({ compression: 'none' }),
    'deep.png': sharp(deep, { raw: { width, height, channels: 1 } })
      .toColourspace('grey16')
      .png(),
  };
  for (const [name, picture] of Object.entries(pictures)) {
    const path = join(root, name);
    await picture.toFile(path);
    await add(path, await (await openImage(await readFile(path))).decode(0), smallContract);
  }
}
