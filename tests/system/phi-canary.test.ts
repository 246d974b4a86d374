import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHilum, type Ended } from '../helpers/hilum.ts';
import { hilumIn, makeStudy, newFolder } from './phantom-study.ts';

/** In every value that identifies a person; nothing of ours ever contains it. */
const canary = 'ZZCANARY';
const uidRoot = '1.3.6.1.4.1.99999.707172737475';
const birthDate = '19330722';
const canaries = [canary, uidRoot, birthDate];

type Element = readonly [group: number, element: number, vr: string, value: string];

/** Tags whose value is replaced where the phantom has them. */
const replaced = (patient: string, file: string, old: (tag: number) => string): Element[] => [
  [0x0008, 0x0018, 'UI', `${uidRoot}.1.${digitsOf(old(0x00080018))}`],
  [0x0008, 0x0050, 'SH', `${canary}ACC`],
  [0x0008, 0x0070, 'LO', `${canary}MAKER`],
  [0x0008, 0x0090, 'PN', `${canary}^Referring^^Dr`],
  [0x0008, 0x103e, 'LO', `${canary} series of ${file.length}`],
  [0x0010, 0x0010, 'PN', `${canary}^${patient}`],
  [0x0010, 0x0020, 'LO', `${canary}-ID-${patient}`],
  [0x0010, 0x0030, 'DA', birthDate],
  [0x0020, 0x000d, 'UI', `${uidRoot}.2.${digitsOf(old(0x0020000d))}`],
  [0x0020, 0x000e, 'UI', `${uidRoot}.3.${digitsOf(old(0x0020000e))}`],
  [0x0020, 0x0052, 'UI', `${uidRoot}.4.${digitsOf(old(0x00200052))}`],
];

/** Tags that the phantom has not, each list put before one that it has. */
const added: readonly { before: number; elements: readonly Element[] }[] = [
  {
    before: 0x00080090,
    elements: [
      [0x0008, 0x0080, 'LO', `${canary} Hospital`],
      [0x0008, 0x0081, 'ST', `${canary} Street 1`],
    ],
  },
  {
    before: 0x0008103e,
    elements: [
      [0x0008, 0x1010, 'SH', `${canary}STATION`],
      [0x0008, 0x1030, 'LO', `${canary} study`],
    ],
  },
  {
    before: 0x00100010,
    elements: [
      [0x0009, 0x0010, 'LO', `${canary} PRIVATE`],
      [0x0009, 0x1001, 'LO', `${canary} private value`],
      [0x0009, 0x1002, 'UT', `${canary} ${'long private text '.repeat(20)}`],
    ],
  },
  {
    before: 0x00180015,
    elements: [
      [0x0010, 0x1000, 'LO', `${canary}-OTHER-ID`],
      [0x0010, 0x1040, 'LO', `${canary} Lane 2`],
      [0x0010, 0x2154, 'SH', `${canary}0123`],
      [0x0010, 0x4000, 'LT', `${canary} comment on the patient`],
    ],
  },
];

function digitsOf(uid: string): string {
  return String(Number(uid.replace(/\D/g, '').slice(-12)));
}

function encoded([group, element, vr, value]: Element): Buffer {
  const isLong = vr === 'UT';
  const bytes = Buffer.from(value.length % 2 === 0 ? value : `${value}${vr === 'UI' ? '\0' : ' '}`, 'latin1');
  const header = Buffer.alloc(isLong ? 12 : 8);
  header.writeUInt16LE(group, 0);
  header.writeUInt16LE(element, 2);
  header.write(vr, 4, 'latin1');
  if (isLong) header.writeUInt32LE(bytes.length, 8);
  else header.writeUInt16LE(bytes.length, 6);
  return Buffer.concat([header, bytes]);
}

/** Where an element begins in the dataset (explicit little endian, short length) and where it ends. */
function find(bytes: Buffer, tag: number): { start: number; value: number; end: number } {
  const pattern = Buffer.alloc(4);
  pattern.writeUInt16LE(tag >>> 16, 0);
  pattern.writeUInt16LE(tag & 0xffff, 2);
  const start = bytes.indexOf(pattern, 132);
  if (start < 0) throw new Error(`the phantom has no element ${tag.toString(16)}`);
  return { start, value: start + 8, end: start + 8 + bytes.readUInt16LE(start + 6) };
}

function withCanaries(original: Buffer, patient: string, file: string): Buffer {
  let bytes = original;
  const old = (tag: number): string => {
    const { value, end } = find(original, tag);
    return original.toString('latin1', value, end);
  };
  for (const element of replaced(patient, file, old)) {
    const { start, end } = find(bytes, element[0] * 0x10000 + element[1]);
    bytes = Buffer.concat([bytes.subarray(0, start), encoded(element), bytes.subarray(end)]);
  }
  for (const { before, elements } of added) {
    const { start } = find(bytes, before);
    bytes = Buffer.concat([bytes.subarray(0, start), ...elements.map(encoded), bytes.subarray(start)]);
  }
  return bytes;
}

let folder: string;
let study: string;
const spoken: Ended[] = [];

async function run(...words: string[]): Promise<Ended> {
  const ended = await hilumIn(study, ...words);
  spoken.push(ended);
  return ended;
}

beforeAll(async () => {
  buildHilum();
  folder = newFolder('canary');
  study = await makeStudy(folder, { format: 'dicom', epochs: 2 });
  const images = join(folder, 'images');
  const names = await readdir(images, { recursive: true });
  for (const name of names.filter((each) => each.endsWith('.dcm'))) {
    const bytes = await readFile(join(images, name));
    const { value, end } = find(bytes, 0x00100020);
    await writeFile(join(images, name), withCanaries(bytes, bytes.toString('latin1', value, end).trim(), name));
  }
  await plantBroken(images);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Files whose refusal must be explained without quoting them. */
async function plantBroken(images: string): Promise<void> {
  const [first = ''] = (await readdir(join(images, 'Cyst'))).sort();
  const bytes = await readFile(join(images, 'Cyst', first));
  const broken = {
    'truncated.dcm': bytes.subarray(0, bytes.length - 1000),
    'cut-in-header.dcm': bytes.subarray(0, find(bytes, 0x00280002).start),
    'odd-photometric.dcm': replacedValue(bytes, 0x00280004, 'CS', `${canary}PHOTO`),
    'odd-slope.dcm': replacedValue(bytes, 0x00281053, 'DS', canary),
    'odd-orientation.dcm': replacedValue(bytes, 0x00200037, 'DS', `${canary}\\${canary}`),
    'no-pixels.dcm': bytes.subarray(0, find(bytes, 0x7fe00010).start),
  };
  for (const [name, content] of Object.entries(broken)) await writeFile(join(images, 'Cyst', name), content);
}

function replacedValue(bytes: Buffer, tag: number, vr: string, value: string): Buffer {
  const { start, end } = find(bytes, tag);
  return Buffer.concat([bytes.subarray(0, start), encoded([tag >>> 16, tag & 0xffff, vr, value]), bytes.subarray(end)]);
}

/** Files below a folder that hold a canary, as text or as UTF-16. */
async function filesWithCanary(below: string): Promise<string[]> {
  const needles = canaries.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  const entries = await readdir(below, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const bytes = await readFile(join(entry.parentPath, entry.name));
    if (needles.some((needle) => bytes.includes(needle))) found.push(entry.name);
  }
  return found;
}

describe('[D1] names, ids, dates, UIDs and private tags of DICOM files', () => {
  it('are in the files at the start: the search finds what there is to find', async () => {
    const found = await filesWithCanary(join(folder, 'images'));
    expect(found.length).toBe(4 * 4 * 8 + 6);
  });

  it('stay in the files: not in tables, models, records, caches, reports, exports, stdout or stderr', async () => {
    expect((await run('ingest')).code).toBe(3);
    for (const stage of ['split', 'prepare', 'train', 'evaluate']) expect((await run(stage)).code).toBe(0);
    const classify = ['classify', '../images', '--report', 'report.html'];
    expect((await run(...classify, '--out', 'ledger.csv')).code).toBe(3);
    expect((await run(...classify, '--out', 'ledger.json', '--json')).code).toBe(3);
    const listed = await run('runs', 'list', '--json');
    const id: string = JSON.parse(listed.stdout).runs[0].id;
    await run('runs', 'show', id);
    await run('runs', 'export', id, '--out', 'run.json');
    await run('ingest', '../images/Cyst/truncated.dcm');
    await run('doctor');

    expect(await filesWithCanary(study)).toEqual([]);
    const words = spoken.map(({ stdout, stderr }) => stdout + stderr).join('\n');
    for (const text of canaries) expect(words).not.toContain(text);
  });

  it('still decide which images are one scan and one patient', async () => {
    const summary = JSON.parse(await readFile(join(study, 'artifacts/dataset/summary.json'), 'utf8'));
    expect(summary).toMatchObject({ groups: 16, images: 128 });
  });
});
