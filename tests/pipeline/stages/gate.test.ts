import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ManifestRow } from '../../../src/pipeline/domain/dataset.ts';
import { gateSchema } from '../../../src/pipeline/domain/gate.ts';
import type { DecodedImage } from '../../../src/pipeline/domain/image.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import {
  channelsOf,
  featureNetwork,
  findBackbone,
  gateTaps,
  loadBackbone,
  toOnnx,
} from '../../../src/pipeline/network/index.ts';
import { axialSlice, findings, phantomPatient, softTissueGrey } from '../../../src/pipeline/phantom/index.ts';
import { createEngine, type Engine } from '../../../src/pipeline/predictions/index.ts';
import { evenlyByGroup } from '../../../src/pipeline/stages/train/evenly.ts';
import { type GateStudy, gateOf } from '../../../src/pipeline/stages/train/gate.ts';

const side = 96;
const patients = 12;

let folder = '';
let engine: Engine;
let study: GateStudy;

/** One slice of a synthetic patient. */
function picture(image: string): DecodedImage {
  const [seed = '', slice = ''] = image.split('/');
  const patient = phantomPatient(`gate test ${seed}`, findings[Number(seed) % findings.length] ?? 'Normal');
  const { hu } = axialSlice(patient, patient.site.center[2] + 3 * Number(slice), 128);
  return { width: 128, height: 128, white: 255, plane: 'axial', domain: 'display', pixels: softTissueGrey(hu) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-gate-'));
  const backbone = findBackbone('efficientnet-lite0');
  const network = featureNetwork(await loadBackbone(backbone.id, { size: side }), backbone, ['block5']);
  const contract = {
    version: 1 as const,
    classes: ['Cyst', 'Normal'],
    domains: ['display' as const],
    windows: [{ center: 40, width: 400 }] as [{ center: number; width: number }],
    crop: 'body' as const,
    padding: 'none' as const,
    resize: 'area' as const,
    size: side,
    channels: 3 as const,
    mean: 127,
    std: 128,
  };
  const taps = gateTaps(network.network);
  engine = await createEngine(toOnnx(network, { channels: channelsOf(contract), pooled: taps }), { threads: 1 });
  const rows = Array.from({ length: patients * 3 }, (_, i): ManifestRow => {
    const image = `${Math.floor(i / 3)}/${i % 3}`;
    const names = { file: image, image, sha256: '', pixel_hash: i.toString(16).padStart(64, '0') };
    const place = { class: 'Normal', scan: `s${Math.floor(i / 3)}`, group: `g${Math.floor(i / 3)}` };
    return { ...names, ...place, domain: 'display', plane: 'axial', width: 128, height: 128 };
  });
  study = {
    input: {
      workspace: { root: folder, artifacts: join(folder, 'artifacts'), state: join(folder, '.hilum') },
      params: paramsSchema.parse({}),
      runId: 'run',
      resume: false,
      allowLeak: false,
      codeVersion: '',
      title: '',
      trainedOn: '',
    },
    base: {
      backbone: 'efficientnet-lite0',
      features: ['block5'],
      dimensions: 112,
      frozen_parameters: 0,
      trainable_parameters: 0,
      backbone_hash: '',
      contract_hash: '',
      contract,
      network,
      onnx: new Uint8Array(),
      featureKey: 'key',
    },
    network,
    engine,
    taps,
    rows,
    pictures: {
      decode: async ({ image }) => picture(image),
      grey: () => Promise.reject(new Error('not needed')),
    },
    signal: new AbortController().signal,
  };
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

describe('the gate of a model', () => {
  it('refuses everything that is far, little of what it knows, and says what slips through', async () => {
    const gate = await gateOf(study);
    if (gate === undefined) throw new Error('no gate');
    expect(gateSchema.parse(gate)).toEqual(gate);
    const { trials, ...evidence } = gate.evidence;
    expect(evidence).toMatchObject({ images: 36, groups: 12, unseen: true });
    expect(evidence.refused).toBeLessThanOrEqual(0.2);
    const far = trials.filter(({ kind }) => kind === 'far');
    expect(far.map(({ name }) => name)).toContain('screenshot');
    for (const { name, images, refused } of far) expect([name, refused]).toEqual([name, images]);
    const near = trials.filter(({ kind }) => kind === 'near');
    expect(near.find(({ name }) => name === 'inverted')?.images).toBe(16);
    expect(near.map(({ name }) => name)).toContain('synthetic slice above the kidneys');
    // Two vectors and a matrix, whatever the number of patients.
    expect(JSON.stringify(gate).length).toBeLessThan(120_000);
  }, 60_000);

  it('is the same again from its cache, which holds what it looked at', async () => {
    const decoded: string[] = [];
    const watched = {
      ...study,
      pictures: {
        ...study.pictures,
        decode: async (row: ManifestRow) => {
          decoded.push(row.image);
          return picture(row.image);
        },
      },
    };
    const again = await gateOf(watched);
    expect(await readdir(join(folder, '.hilum', 'cache', 'features'))).toHaveLength(1);
    // Only those that are turned and cut for its trials.
    expect(decoded).toHaveLength(16);
    expect(again).toEqual(await gateOf(study));
  }, 60_000);

  it('is not there when it is switched off, or when there are too few patients', async () => {
    const off = { ...study.input, params: paramsSchema.parse({ answering: { gate_refusals: 0 } }) };
    expect(await gateOf({ ...study, input: off })).toBeUndefined();
    expect(await gateOf({ ...study, rows: study.rows.slice(0, 6) })).toBeUndefined();
  });
});

describe('an even choice', () => {
  const rows = (group: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({ group, image: `${group}${i}` }));
  const groupsOf = (chosen: readonly { group: string }[]) =>
    chosen
      .map(({ group }) => group)
      .sort()
      .join('');

  it('takes as much from a small group as from a large one, in an order that says nothing', () => {
    expect(groupsOf(evenlyByGroup([...rows('a', 8), ...rows('b', 2)], 4))).toBe('aabb');
    expect(groupsOf(evenlyByGroup([...rows('a', 8), ...rows('b', 2)], 6))).toBe('aaaabb');
    expect(evenlyByGroup(rows('c', 3), 9)).toHaveLength(3);
    const many = Array.from({ length: 50 }, (_, i) => rows(`g${i}`, 2)).flat();
    expect(new Set(evenlyByGroup(many, 10).map(({ group }) => group)).size).toBe(10);
    expect(evenlyByGroup(many.toReversed(), 10)).toEqual(evenlyByGroup(many, 10));
  });
});
