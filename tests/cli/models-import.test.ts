import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseCsv } from '../../src/pipeline/disk/csv.ts';
import { hilum, readJson } from '../helpers/cli.ts';
import { buildHilum } from '../helpers/hilum.ts';
import { type ReferenceFolder, writeReferenceFolder } from '../pipeline/network/import/reference-folder.ts';

const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const kidney = join(shared, 'models/kidney-cnn28-4class');
const hasShared = existsSync(kidney);
if (!hasShared) console.warn('SKIPPED: ../shared/data/models is absent, no real network was imported');

let root: string;
let reference: ReferenceFolder;
const inWorkspace = { cwd: '' };
beforeAll(async () => {
  buildHilum();
  root = await mkdtemp(join(tmpdir(), 'hilum-import-'));
  reference = await writeReferenceFolder(root);
  await hilum(['init', join(root, 'study')]);
  inWorkspace.cwd = join(root, 'study');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const imports = (network: string, ...words: string[]) =>
  hilum(['models', 'import', network, '--json', ...words], inWorkspace);
const compared = () => ['--images', reference.images, '--reference', reference.predictions];
const importSchema = z.object({
  search: z
    .object({ tried: z.array(z.looseObject({ deviation: z.number() })), accuracy: z.number().nullable() })
    .nullable(),
  imported: z.object({ seal: z.string() }).nullable(),
});

describe('models import', () => {
  it('finds the contract from reference predictions, seals, verifies and classifies the same', async () => {
    const run = await imports(reference.network, '--name', 'found', ...compared());
    expect(run.code).toBe(0);
    const { search, imported } = importSchema.parse(readJson(run.stdout));
    expect(search?.tried[0]).toMatchObject({
      ...{ resize: 'bilinear-plain', rounding: 'byte', range: '-1..1', classes: ['Cyst', 'Normal', 'Stone'] },
    });
    const seal = imported?.seal.slice(0, 12) ?? '';
    expect((await hilum(['models', 'verify', seal], inWorkspace)).stdout).toMatch(
      /found: whole and unchanged; 4 golden/,
    );
    const out = join(root, 'out.csv');
    const classified = await hilum(['classify', reference.images, '--model', seal, '--out', out], inWorkspace);
    expect(classified.stderr).toMatch(/Trained elsewhere: its figures are not checked here\./);
    expect(await largestDeviation(out, reference.predictions)).toBeLessThan(1e-4);
    const gate = await hilum(['models', 'gate', seal, '--against', seal], inWorkspace);
    expect(gate.code).not.toBe(0);
  });

  it('exits 4 with the table when nothing that is left open repeats the reference', async () => {
    const run = await imports(reference.network, '--resize', 'area', ...compared());
    expect(run.code).toBe(4);
    expect(importSchema.parse(readJson(run.stdout))).toMatchObject({ imported: null });
    const words = await hilum(['models', 'import', reference.network, '--resize', 'area', ...compared()], inWorkspace);
    expect(words.stdout).toMatch(
      /largest deviation +same class[\s\S]*Not found: no way repeats the reference within 0\.0001/,
    );
  });

  it('takes a stated contract from a file, names what is missing, and keeps what it is told of channels', async () => {
    const contract = join(root, 'contract.yaml');
    await writeFile(contract, 'resize: area\nrange: imagenet\nchannels: bgr\nclasses: [a, b, c]\n');
    expect((await imports(reference.network, '--name', 'stated', '--contract', contract)).code).toBe(0);
    const lacking = await imports(reference.network, '--resize', 'area');
    expect([lacking.code, lacking.stderr]).toEqual([
      2,
      expect.stringMatching(/the range of values \(--range\), the classes/),
    ]);
    const wrong = await imports(reference.network, '--contract', contract, '--classes', 'a,b');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/answers with 3 classes, 2 were named/)]);
    await writeFile(contract, 'resise: area\n');
    expect((await imports(reference.network, '--contract', contract)).stderr).toMatch(/resise.*resize/s);
  });

  it('keeps a sealed model that another workspace made', async () => {
    const first = importSchema.parse(
      readJson((await imports(reference.network, '--name', 'again', ...compared())).stdout),
    );
    const seal = first.imported?.seal ?? '';
    await hilum(['init', join(root, 'other')]);
    const run = await hilum(['models', 'import', join(inWorkspace.cwd, '.hilum/models', seal)], {
      cwd: join(root, 'other'),
    });
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining(seal)]);
  });

  it('makes a backbone folder that is not written twice, and says what a file is without keeping it', async () => {
    expect((await imports(reference.network, '--as', 'backbone', '--name', 'tiny', '--range', '0..1')).code).toBe(0);
    expect(existsSync(join(inWorkspace.cwd, 'backbones/tiny/backbone.json'))).toBe(true);
    const again = await imports(reference.network, '--as', 'backbone', '--name', 'tiny', '--range', '0..1');
    expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/There is a backbone "tiny" already/)]);
    expect(readJson((await imports(reference.network, '--inspect')).stdout)).toMatchObject({
      kind: 'keras-h5',
      layers: 4,
    });
  });

  it('refuses a pickle with what to do instead', async () => {
    await writeFile(join(root, 'model.h5'), Buffer.from('\x80\x04\x95\x1f', 'latin1'));
    const run = await imports(join(root, 'model.h5'));
    expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(/would run code from the file.*model\.save/)]);
  });

  it.skipIf(!hasShared)(
    'repeats the reference of a real third-party network on 1,084 slices',
    { timeout: 120_000 },
    async () => {
      const images = join(shared, 'kidney-ct');
      const predictions = join(kidney, 'reference-predictions.csv');
      const run = await imports(
        join(kidney, 'keras3-h5/kidney_model.h5'),
        '--images',
        images,
        '--reference',
        predictions,
      );
      const { search, imported } = importSchema.parse(readJson(run.stdout));
      expect(search?.accuracy).toBeCloseTo(0.99, 3);
      const out = join(root, 'kidney.csv');
      await hilum(['classify', images, '--model', imported?.seal ?? '', '--out', out], inWorkspace);
      expect(await largestDeviation(out, predictions)).toBeLessThan(1e-4);
    },
  );
});

const rowSchema = z.record(z.string(), z.string());

async function largestDeviation(out: string, table: string): Promise<number> {
  const read = async (path: string) => parseCsv(await readFile(path, 'utf8'), path, ['file'], rowSchema);
  const answers = new Map((await read(out)).map((row) => [row.file, row]));
  const differences = (await read(table)).flatMap((row) =>
    Object.keys(row).flatMap((key) =>
      key.startsWith('p_') ? [Math.abs(Number(row[key]) - Number(answers.get(row.file)?.[key] ?? Number.NaN))] : [],
    ),
  );
  return Math.max(...differences);
}
