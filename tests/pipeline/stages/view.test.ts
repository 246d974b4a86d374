import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../../../src/pipeline/domain/contract.ts';
import { contractSteps } from '../../../src/pipeline/domain/contract-words.ts';
import { tensorSchema, thumbnailSchema, thumbnailSide, viewedSchema } from '../../../src/pipeline/domain/view.ts';
import { applyContract, openImage } from '../../../src/pipeline/images/index.ts';
import { niftiHeader } from '../../../src/pipeline/phantom/formats/nifti.ts';
import { viewOf } from '../../../src/pipeline/stages/view/whole.ts';
import { view } from '../../../src/pipeline/stages/view.ts';
import { greyPng } from '../../helpers/grey-png.ts';
import { makeDicom, type Value, words } from '../images/make-dicom.ts';

const contract: Contract = {
  version: 1,
  classes: ['Cyst', 'Normal'],
  domains: ['display', 'hounsfield'],
  windows: [{ center: 60, width: 300 }],
  crop: 'none',
  padding: 'square',
  resize: 'area',
  size: 32,
  channels: 3,
  mean: 127,
  std: 128,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-view-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const context = {
  signal: new AbortController().signal,
  report: () => undefined,
  emit: async () => undefined,
  items: async function* () {},
};

async function seen(file: string, bytes: Uint8Array, options: object) {
  const path = join(folder, file);
  await writeFile(path, bytes);
  return view.run({ path, file, frame: 0, want: 'view', ...options }, context);
}

const viewed = async (file: string, bytes: Uint8Array, options: object = {}) =>
  viewedSchema.parse(await seen(file, bytes, options));

function samples(type: string, pixels: Uint8Array): number[] {
  const { buffer } = Uint8Array.from(pixels);
  if (type === 'int16') return [...new Int16Array(buffer)];
  if (type === 'uint16') return [...new Uint16Array(buffer)];
  return type === 'float32' ? [...new Float32Array(buffer)] : [...new Uint8Array(buffer)];
}

/** 4 x 4 slices of one value each. */
function volumeOf(...values: readonly number[]): Uint8Array {
  const header = niftiHeader(4, 4, values.length);
  for (const [row, at] of [280, 300, 320].entries()) header.writeFloatLE(row < 2 ? -1 : 1, at);
  const voxels = Int16Array.from(values.flatMap((value) => new Array<number>(16).fill(value)));
  return Buffer.concat([header, new Uint8Array(voxels.buffer)]);
}

describe('an image for the page', () => {
  it('comes as Hounsfield units with the window of the file, else of the contract', async () => {
    const plain = await viewed('plain.dcm', makeDicom(), { contract });
    expect(plain).toMatchObject({ width: 4, height: 3, domain: 'hounsfield', sampleType: 'int16', frames: 1 });
    expect(samples('int16', plain.pixels)).toEqual(Array.from({ length: 12 }, (_, i) => i * 100 - 1000));
    expect(plain.window).toEqual({ center: 60, width: 300 });
    expect((await viewed('plain.dcm', makeDicom())).window).toBeNull();
    const windowed = makeDicom({ '00281050 DS': '40\\300', '00281051 DS': '400\\1500' });
    expect((await viewed('windowed.dcm', windowed, { contract })).window).toEqual({ center: 40, width: 400 });
    const broken = makeDicom({ '00281050 DS': 'forty', '00281051 DS': '400' });
    expect((await viewed('broken.dcm', broken, { contract })).window).toEqual({ center: 60, width: 300 });
  });

  it('comes as grey with its white, and without a window', async () => {
    const eight = await viewed('eight.png', await greyPng(5, 4, (x, y) => x + 10 * y), { contract });
    expect(eight).toMatchObject({ domain: 'display', white: 255, sampleType: 'uint8', window: null });
    expect(samples('uint8', eight.pixels).slice(0, 7)).toEqual([0, 1, 2, 3, 4, 10, 11]);
    expect(eight.facts).toEqual([{ name: 'Matrix', value: '5 x 4' }]);
    const values = Uint16Array.from({ length: 64 }, (_, i) => i * 1000);
    const raw = { width: 8, height: 8, channels: 1 } as const;
    const png = await sharp(values, { raw }).toColourspace('grey16').png().toBuffer();
    const sixteen = await viewed('sixteen.png', png);
    expect(sixteen).toMatchObject({ domain: 'display', white: 65535, sampleType: 'uint16' });
    expect(samples('uint16', sixteen.pixels)).toEqual([...values]);
  });

  it('keeps fractions and large whole numbers as float32', async () => {
    const half = await viewed('half.dcm', makeDicom({ '00281053 DS': '0.5', '00281052 DS': '0' }));
    expect(half.sampleType).toBe('float32');
    expect(samples('float32', half.pixels).slice(0, 3)).toEqual([0, 50, 100]);
    const opened = {
      format: 'nifti',
      frames: 1,
      provenance: {},
      decode: () => Promise.reject(new Error('not asked')),
    } as const;
    const image = { width: 2, height: 1, domain: 'hounsfield', white: 0, plane: 'axial' } as const;
    const input = { path: '', file: '', frame: 0, want: 'view' } as const;
    const large = viewOf(opened, { ...image, pixels: Int32Array.of(-40_000, 70_000) }, input);
    expect([large.sampleType, samples('float32', large.pixels)]).toEqual(['float32', [-40_000, 70_000]]);
    const small = viewOf(opened, { ...image, pixels: Int32Array.of(-1000, 3000) }, input);
    expect([small.sampleType, samples('int16', small.pixels)]).toEqual(['int16', [-1000, 3000]]);
  });

  it('shows geometry and exposure of a CT slice with their units', async () => {
    const ct = makeDicom({
      '00180050 DS': '1.250000',
      '00180060 DS': '120',
      '00181151 IS': '250',
      '00181152 IS': '140',
      '00181210 SH': 'B30f',
      '00280030 DS': '0.703125\\0.703125',
    });
    expect((await viewed('ct.dcm', ct)).facts).toEqual([
      { name: 'Matrix', value: '4 x 3' },
      { name: 'Plane', value: 'axial' },
      { name: 'Modality', value: 'CT' },
      { name: 'Pixel spacing', value: '0.703 x 0.703 mm' },
      { name: 'Slice thickness', value: '1.25 mm' },
      { name: 'Slice position', value: '30.5 mm' },
      { name: 'Tube voltage', value: '120 kV' },
      { name: 'Tube current', value: '250 mA' },
      { name: 'Exposure', value: '140 mAs' },
      { name: 'Kernel', value: 'B30f' },
      { name: 'Rescale', value: 'HU = 1 x stored - 1000' },
    ]);
  });

  it('[D1] shows nothing of names, numbers, dates, places and descriptions', async () => {
    const canary = 'CANARY-7391';
    const hidden: Record<string, Value> = {};
    const tags = {
      LO: ['00100020', '00080070', '00081030', '0008103E', '00181030', '00180010', '00080080', '00104000'],
      PN: ['00100010', '00080090', '00081050', '00081070'],
      SH: ['00080050', '00200010', '00081010', '00100030'],
      DA: ['00080020', '00080022'],
      UI: ['00080018', '0020000D', '0020000E', '00200052'],
      LT: ['00204000'],
      // Text where numbers and codes belong.
      UT: ['00181210', '00180060', '00080060'],
    };
    for (const [vr, all] of Object.entries(tags)) for (const tag of all) hidden[`${tag} ${vr}`] = canary;
    const { facts } = await viewed(
      'phi.dcm',
      makeDicom({ ...hidden, '00080060 CS': undefined, '00180050 DS': `5^${canary}` }),
    );
    expect(JSON.stringify(facts)).not.toContain(canary);
    expect(facts).toContainEqual({ name: 'Slice thickness', value: '5 mm' });
    const long = await viewed('long.dcm', makeDicom({ '00181210 SH': 'K\u0007'.repeat(60) }));
    expect(long.facts.find(({ name }) => name === 'Kernel')?.value).toBe('K'.repeat(40));
  });

  it('comes slice by slice out of a volume, and anew when the file has changed', async () => {
    const name = 'volume.nii';
    const path = join(folder, name);
    const first = await viewed(name, volumeOf(-500, 0, 100), { frame: 1 });
    expect(first).toMatchObject({ frames: 3, domain: 'hounsfield' });
    expect(first.facts.slice(0, 2)).toEqual([
      { name: 'Matrix', value: '4 x 4' },
      { name: 'Slice', value: '2 of 3' },
    ]);
    expect(samples('int16', first.pixels)).toEqual(new Array(16).fill(0));
    const beyond = view.run({ path, file: name, frame: 3, want: 'view' }, context);
    await expect(beyond).rejects.toMatchObject({ code: 'image/bad-header' });
    await writeFile(path, volumeOf(-500, 7, 100));
    await utimes(path, 1e9, 1e9);
    const again = viewedSchema.parse(await view.run({ path, file: name, frame: 1, want: 'view' }, context));
    expect(samples('int16', again.pixels)).toEqual(new Array(16).fill(7));
  });

  it('becomes a small square with black around it', async () => {
    const wide = await greyPng(200, 100, () => 200);
    const { pixels } = thumbnailSchema.parse(await seen('wide.png', wide, { want: 'thumbnail' }));
    expect(pixels).toHaveLength(thumbnailSide ** 2);
    expect([pixels[0], pixels[(thumbnailSide / 2) * thumbnailSide]]).toEqual([0, 200]);
    const dicom = thumbnailSchema.parse(await seen('small.dcm', makeDicom(), { want: 'thumbnail' }));
    expect(Math.max(...dicom.pixels)).toBeGreaterThan(150);
  });

  it('becomes what the network gets, as the contract says it', async () => {
    const bytes = await greyPng(40, 30, (x, y) => 5 * x + y);
    const tensor = tensorSchema.parse(await seen('tensor.png', bytes, { want: 'tensor', contract }));
    const values = applyContract(await (await openImage(bytes)).decode(0), contract, 1);
    expect(tensor.channels.map(({ title }) => title)).toEqual(['All channels']);
    const grey = Uint8Array.from(values, (value) => Math.round(value * contract.std + contract.mean));
    expect(tensor.channels[0]?.pixels).toEqual(grey);
    expect(tensor.steps).toEqual(contractSteps(contract));
    const windows: Contract['windows'] = [
      { center: 40, width: 400 },
      { center: -600, width: 1500 },
      { center: 400, width: 1800 },
    ];
    const three = tensorSchema.parse(
      await seen('three.dcm', makeDicom({ '7FE00010 OW': words(Array.from({ length: 12 }, (_, i) => i * 150)) }), {
        want: 'tensor',
        contract: { ...contract, windows },
      }),
    );
    expect(three.channels.map(({ title }) => title)).toEqual([
      'Channel 1: 40 / 400 HU',
      'Channel 2: -600 / 1500 HU',
      'Channel 3: 400 / 1800 HU',
    ]);
    const ranged = tensorSchema.parse(
      await seen('tensor.png', bytes, {
        want: 'tensor',
        contract: { ...contract, mean: 0, std: 1 },
        backbone: 'mobilenet-v2',
      }),
    );
    expect(ranged.steps.join(' ')).not.toContain('(grey - 0) / 1');
    expect(ranged.channels[0]?.pixels).toEqual(grey);
  });

  it('says why it cannot be shown', async () => {
    const path = join(folder, 'nowhere.png');
    await expect(view.run({ path, file: 'nowhere.png', frame: 0, want: 'view' }, context)).rejects.toMatchObject({
      code: 'image/missing',
    });
    await expect(seen('text.png', Buffer.from('no picture'), {})).rejects.toMatchObject({
      code: 'image/unknown-format',
    });
    const display = { ...contract, domains: ['hounsfield'] };
    await expect(
      seen('grey.png', await greyPng(4, 4, () => 9), { want: 'tensor', contract: display }),
    ).rejects.toMatchObject({ code: 'image/domain-mismatch' });
  });
});
