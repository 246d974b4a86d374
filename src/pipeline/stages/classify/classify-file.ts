import type { Contract } from '../../domain/contract.ts';
import { type Facts, HilumError } from '../../domain/errors.ts';
import { type DecodedImage, imageName, type OpenedImage } from '../../domain/image.ts';
import { readStable } from '../../files/index.ts';
import { applyContract, openImage } from '../../images/index.ts';
import type { Engine } from '../../predictions/index.ts';
import type { BatchItem, BatchResult, BatchRow } from '../../protocol.ts';

export interface Classifier {
  readonly contract: Contract;
  readonly engine: Engine;
  /** Answers with a top probability below this are marked for review. */
  readonly reviewBelow: number;
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
    const { contract, engine } = classifier;
    const probabilities = await engine.run(applyContract(decoded, contract, engine.planes), 1);
    if (!probabilities.every(Number.isFinite)) throw new HilumError('image/invalid-output');
    return answer({ image, frame, scan, group, probabilities: [...probabilities] }, decoded, classifier);
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

function answer(
  known: { image: string; frame: number; scan: string; group: string; probabilities: number[] },
  decoded: DecodedImage,
  { contract, reviewBelow }: Classifier,
): BatchRow {
  const top = Math.max(...known.probabilities);
  const predicted = known.probabilities.indexOf(top);
  if (!contract.domains.includes(decoded.domain)) {
    const facts: Facts = { expected: contract.domains.join(' or '), actual: decoded.domain };
    return { ...known, state: 'review', predicted, code: 'image/domain-converted', facts };
  }
  return { ...known, state: top < reviewBelow ? 'review' : 'answered', predicted, code: null, facts: {} };
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
