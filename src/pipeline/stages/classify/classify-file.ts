import type { Contract } from '../../domain/contract.ts';
import { HilumError } from '../../domain/errors.ts';
import { imageName, type OpenedImage } from '../../domain/image.ts';
import { readStable } from '../../files/index.ts';
import { applyContract, openImage } from '../../images/index.ts';
import type { Engine, OpenGate } from '../../predictions/index.ts';
import type { BatchItem, BatchResult, BatchRow } from '../../protocol.ts';
import { decide } from './decide.ts';
import { requireInside } from './require-inside.ts';

export interface Classifier {
  readonly contract: Contract;
  readonly engine: Engine;
  /** Answers with a top probability below this are marked for review. */
  readonly reviewBelow: number;
  /** Thresholds of the conformal sets, in the order of the classes; undefined: the model has none. */
  readonly conformal?: readonly number[] | undefined;
  /** Undefined: nothing is refused for its looks. */
  readonly gate?: OpenGate | undefined;
}

/** One file → one row an image. A file that cannot be read is one refused row with its code; nothing is thrown for it. */
export async function classifyFile(item: BatchItem, classifier: Classifier): Promise<BatchResult> {
  let hash: string | null = null;
  try {
    const { bytes, sha256 } = await readStable(item.path);
    hash = sha256;
    const opened = await openImage(bytes, { name: item.file });
    const rows: BatchRow[] = [];
    for (let frame = 0; frame < opened.frames; frame++)
      rows.push(await classifyFrame(item.file, opened, frame, classifier));
    return { item: item.item, sha256, rows };
  } catch (error) {
    if (!(error instanceof HilumError)) throw error;
    return { item: item.item, sha256: hash, rows: [refused(item.file, 0, '', '', error)] };
  }
}

async function classifyFrame(
  file: string,
  opened: OpenedImage,
  frame: number,
  classifier: Classifier,
): Promise<BatchRow> {
  const image = imageName(file, frame, opened.frames);
  const scan = scanOf(file, opened);
  const group = opened.provenance.groupKey === undefined ? scan : `dicom-${opened.provenance.groupKey}`;
  try {
    const decoded = await opened.decode(frame);
    const { contract, engine, gate } = classifier;
    const values = applyContract(decoded, contract, engine.planes);
    const { answers, pooled } = await engine.look(values);
    if (!answers.every(Number.isFinite)) throw new HilumError('image/invalid-output');
    requireInside(gate, { pooled, values, planes: engine.planes }, contract);
    const probabilities = [...answers];
    return { image, frame, scan, group, probabilities, ...decide(probabilities, decoded, classifier) };
  } catch (error) {
    if (!(error instanceof HilumError)) throw error;
    return refused(image, frame, scan, group, error);
  }
}

/** DICOM says its series; a volume is a scan by itself; a picture without metadata belongs to no known scan. */
function scanOf(file: string, opened: OpenedImage): string {
  if (opened.provenance.scanKey !== undefined) return `dicom-${opened.provenance.scanKey}`;
  return opened.frames > 1 ? file : '';
}

function refused(image: string, frame: number, scan: string, group: string, error: HilumError): BatchRow {
  return {
    frame,
    image,
    scan,
    group,
    state: 'refused',
    predicted: null,
    probabilities: [],
    code: error.code,
    facts: { ...error.facts },
  };
}
