import type { ManifestRow } from '../../domain/dataset.ts';
import type { ShortcutName } from '../../domain/shortcuts.ts';
import type { WorkspacePaths } from '../../domain/stage-inputs.ts';
import { applyContract } from '../../images/index.ts';
import { createEngine } from '../../predictions/index.ts';
import type { BaseModel } from '../base-model.ts';
import { throwIfCancelled } from '../cancel.ts';
import { openDataset } from '../dataset-on-disk.ts';
import type { Vectors } from '../honesty/head-folds.ts';
import { inOrder } from '../in-order.ts';
import type { Control, Look, Seen } from './control.ts';

/** Enough to keep decoder and network busy on all cores. */
const imagesAtOnce = 8;

/**
 * Reads every image once and lets each control take its numbers.
 * @returns vectors in the order of the manifest, by control
 * @throws HilumError of the first image that cannot be read; `cancelled/by-user`
 */
export async function lookAtAll(
  workspace: WorkspacePaths,
  base: BaseModel,
  manifest: readonly ManifestRow[],
  controls: readonly Control[],
  signal: AbortSignal,
  report: (done: number) => void,
): Promise<Map<ShortcutName, Vectors>> {
  const dataset = await openDataset(workspace, signal);
  const engine = await createEngine(base.onnx);
  const { contract } = base;
  const looks = controls.map((): Look[] => []);
  try {
    const seen = inOrder(manifest, imagesAtOnce, async (row) => {
      throwIfCancelled(signal);
      const what: Seen = {
        ...{ row, contract },
        image: await dataset.decode(row),
        bytes: await dataset.bytesOf(row),
        featuresOf: (image) => engine.run(applyContract(image, contract, engine.planes), 1),
      };
      return Promise.all(controls.map((control) => control.look(what)));
    });
    let done = 0;
    for await (const each of seen) {
      for (const [at, look] of each.entries()) looks[at]?.push(look);
      report(++done);
    }
  } finally {
    await engine.close();
  }
  return new Map(controls.map(({ name }, at) => [name, vectorsOf(looks[at] ?? [])]));
}

/** Numbers as they are, then one coordinate for each word that occurs at that place. */
export function vectorsOf(looks: readonly Look[]): Vectors {
  const places = looks[0]?.words?.length ?? 0;
  const known = Array.from({ length: places }, (_, place) => [
    ...new Set(looks.map(({ words }) => words?.[place] ?? '')),
  ]);
  const numbers = looks[0]?.numbers.length ?? 0;
  const dimensions = numbers + known.reduce((sum, words) => sum + words.length, 0);
  const values = new Float32Array(looks.length * dimensions);
  for (const [row, look] of looks.entries()) {
    values.set(look.numbers, row * dimensions);
    let at = row * dimensions + numbers;
    for (const [place, words] of known.entries()) {
      values[at + words.indexOf(look.words?.[place] ?? '')] = 1;
      at += words.length;
    }
  }
  return { values, dimensions };
}
