import { join } from 'node:path';
import { writeFileAtomic } from '../../../pipeline/disk/atomic.ts';
import { configSchema } from '../../../pipeline/domain/params.ts';
import type { SentArtefacts } from '../../../pipeline/domain/tracking.ts';
import { editYaml } from '../../studies/yaml-edit.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { parseYaml, readYamlText } from '../../workspace/yaml-file.ts';
import { serverOf } from './server.ts';

/** null: not set. */
export interface WrittenTracking {
  readonly uri: string | null;
  readonly experiment: string | null;
  readonly live: boolean | null;
  readonly artefacts: SentArtefacts;
}

/**
 * Sets `tracking:` in config.yaml; comments and all else stay.
 * @throws HilumError `tracking/bad-address`, `tracking/secret-in-address`, `config/…`; the file is then as it was
 */
export async function writeTracking(root: string, wanted: WrittenTracking): Promise<void> {
  if (wanted.uri !== null) serverOf(wanted.uri, 'config.yaml, tracking.uri');
  const path = join(root, workspaceNames.config);
  const before = await readYamlText(path);
  const { tracking } = parseYaml(before, workspaceNames.config, configSchema);
  const changes = (['uri', 'experiment', 'live', 'artefacts'] as const).flatMap((key) => {
    const value = wanted[key] ?? undefined;
    return value === (tracking?.[key] ?? undefined) ? [] : [{ path: ['tracking', key], value }];
  });
  const needed =
    tracking === undefined
      ? changes.filter(({ path: [, key], value }) => value !== undefined && !isDefault(key, value))
      : changes;
  const text = editYaml(before, needed);
  parseYaml(text, workspaceNames.config, configSchema);
  if (text !== before) await writeFileAtomic(path, text);
}

const isDefault = (key: string | undefined, value: unknown): boolean =>
  key === 'artefacts' && value === 'without-names';
