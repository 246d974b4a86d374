import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { configSchema } from '../../pipeline/domain/params.ts';
import { setConfigKeys } from '../workspace/edit-config.ts';
import { workspaceNames } from '../workspace/names.ts';
import { isAddress, resolveSource } from '../workspace/open.ts';
import { parseYaml, readYamlText } from '../workspace/yaml-file.ts';
import { editYaml } from './yaml-edit.ts';

/**
 * Sets `source:` of config.yaml, comments kept: an address as it is, a path relative to the workspace when it lies below.
 * Another folder or file is not bound to the `sha256:` of what was there before; that of an address must be given by hand.
 * @param source https address, or absolute path without links
 * @returns how to put the old file back, should nothing come of it; what somebody else wrote meanwhile stays
 * @throws HilumError `config/…`, `disk/…`
 */
export async function setSource(root: string, source: string): Promise<() => Promise<void>> {
  const path = join(root, workspaceNames.config);
  const before = await readYamlText(path);
  const config = parseYaml(before, workspaceNames.config, configSchema);
  const isOther = config.source === undefined || resolveSource(root, config.source) !== source;
  await setConfigKeys(root, { source: isAddress(source) ? source : await pathAsWritten(root, source) });
  if (config.sha256 !== undefined && isOther && !isAddress(source)) {
    await writeFileAtomic(path, editYaml(await readYamlText(path), [{ path: ['sha256'], value: undefined }]));
  }
  const after = await readYamlText(path);
  return async () => {
    if ((await readYamlText(path)) === after) await writeFileAtomic(path, before);
  };
}

async function pathAsWritten(root: string, path: string): Promise<string> {
  const inside = relative(await realpath(root), path);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return path;
  return inside === '' ? '.' : inside.split(sep).join('/');
}
