import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './processes.ts';

/** `--folder`, `--weights`, `--rounds` of a benchmark. */
export function benchOptions(): { folder: string; weights: string; rounds: number } {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string', default: join(root, '..', 'shared', 'data', 'kidney-ct') },
      weights: { type: 'string', default: join(root, 'resources', 'backbones', 'efficientnet-lite0') },
      rounds: { type: 'string', default: '5' },
    },
  });
  if (!existsSync(values.folder)) {
    console.error(`There is no folder ${values.folder}. Give one of class folders with --folder.`);
    process.exit(2);
  }
  return { folder: values.folder, weights: values.weights, rounds: Number(values.rounds) };
}
