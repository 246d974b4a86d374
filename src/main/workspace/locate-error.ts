import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorCode } from '../../pipeline/domain/error-table.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { workspaceNames } from './names.ts';
import { lineFinder } from './yaml-issue.ts';

interface Cause {
  readonly file: string;
  readonly path: readonly string[];
}

/** What a stage finds wrong and a person mends in a configuration file. */
const causes: Partial<Record<ErrorCode, Cause>> = {
  'dataset/empty-class': { file: workspaceNames.config, path: ['classes'] },
  'dataset/mixed-domains': { file: workspaceNames.params, path: ['image', 'domains'] },
  'dataset/unknown-domain': { file: workspaceNames.params, path: ['image', 'domains'] },
  'network/unknown-backbone': { file: workspaceNames.params, path: ['backbone', 'name'] },
  'network/weights-missing': { file: workspaceNames.params, path: ['backbone', 'name'] },
  'network/unknown-tap': { file: workspaceNames.params, path: ['backbone', 'features'] },
};

/** The same error with the file, line and key that it speaks of, where it is one of a configuration file. */
export async function located(error: unknown, root: string): Promise<unknown> {
  if (!(error instanceof HilumError)) return error;
  const at = causes[error.code];
  if (at === undefined) return error;
  const text = await readFile(join(root, at.file), 'utf8').catch(() => '');
  const facts = { ...error.facts, file: at.file, line: lineFinder(text)(at.path), key: at.path.join('.') };
  return new HilumError(error.code, facts, { cause: error });
}
