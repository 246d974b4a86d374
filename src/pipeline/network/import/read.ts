import { HilumError } from '../../domain/errors.ts';
import { buildNetwork, type ImportedNetwork } from './build.ts';
import type { ForeignModel, ImportedKind } from './foreign.ts';
import { isHdf5, openKerasH5 } from './kinds/keras-h5.ts';
import { isTfjs, openTfjs } from './kinds/tfjs-layers.ts';
import { refusedKinds } from './refused.ts';
import { type Sniffed, sniff } from './sniff.ts';

interface ReadableKind {
  readonly id: Exclude<ImportedKind, 'sealed'>;
  matches(found: Sniffed): boolean;
  open(found: Sniffed): Promise<ForeignModel>;
}

const readableKinds: readonly ReadableKind[] = [
  { id: 'keras-h5', matches: isHdf5, open: openKerasH5 },
  { id: 'tfjs-layers', matches: isTfjs, open: openTfjs },
];

/**
 * What lies at a path, by its content.
 * @throws HilumError `network/not-recognised` or the code of a known format that is never read
 */
export async function recognise(path: string): Promise<ImportedKind> {
  const found = await sniff(path);
  if (found.entries?.has('seal.json')) return 'sealed';
  return kindOf(found).id;
}

/**
 * A network of another program.
 * @param size height and width in pixels where the network leaves them free
 * @throws HilumError `network/…`
 */
export async function readForeign(
  path: string,
  size?: number,
): Promise<ImportedNetwork & { readonly kind: ImportedKind }> {
  const found = await sniff(path);
  const { id, open } = kindOf(found);
  const foreign = await open(found);
  try {
    return { kind: id, ...buildNetwork(foreign, size) };
  } finally {
    foreign.close();
  }
}

function kindOf(found: Sniffed): ReadableKind {
  const refused = refusedKinds.find((kind) => kind.matches(found));
  if (refused !== undefined)
    throw new HilumError(refused.code, refused.what === undefined ? {} : { what: refused.what });
  const readable = readableKinds.find((kind) => kind.matches(found));
  if (readable === undefined) throw new HilumError('network/not-recognised');
  return readable;
}
