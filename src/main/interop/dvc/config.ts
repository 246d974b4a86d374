import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { writeFileAtomic } from '../../../pipeline/disk/atomic.ts';
import { errnoOf } from '../../../pipeline/domain/errors.ts';
import { dvcRootOf } from '../../workspace/dvc-project.ts';
import { type IniSections, iniText, parseIni } from './ini.ts';

export { dvcRootOf };

/** Keys of one `remote` section as written: `url`, `endpointurl`, `region`, `profile`, `access_key_id` … */
export type DvcRemote = Readonly<Record<string, string>>;

export interface DvcConfig {
  /** Folder that holds `.dvc`: the workspace itself, or the nearest one above it that has one. */
  readonly dvcRoot: string;
  readonly core: { readonly noScm: boolean; readonly remote: string | undefined };
  /** Absolute folder of the cache. */
  readonly cacheDir: string;
  /** Remotes by name; a local folder's `url` is absolute. */
  readonly remotes: ReadonlyMap<string, DvcRemote>;
}

/** `repo`: .dvc/config, which goes into git. `local`: .dvc/config.local, which does not: the place of secrets and own paths. */
export type DvcConfigLevel = 'repo' | 'local';

/** DVC's settings for a workspace; those of config.local go before those of config. @throws HilumError `dvc/bad-config` */
export async function readDvcConfig(root: string): Promise<DvcConfig> {
  const dvcRoot = dvcRootOf(root) ?? resolve(root);
  const folder = join(dvcRoot, '.dvc');
  const levels = [await sectionsOf(dvcRoot, 'repo'), await sectionsOf(dvcRoot, 'local')];
  const value = (section: string, key: string): string | undefined =>
    levels.reduce<string | undefined>((found, level) => level[section]?.[key] ?? found, undefined);
  return {
    dvcRoot,
    core: {
      noScm: /^(true|yes|on|1)$/i.test(value('core', 'no_scm') ?? ''),
      remote: value('core', 'remote'),
    },
    cacheDir: localPath(folder, value('cache', 'dir') ?? 'cache'),
    remotes: remotesOf(folder, levels),
  };
}

/**
 * Changes one of DVC's two configuration files, in the form in which DVC writes it.
 * @throws HilumError `dvc/bad-config`, `disk/…`
 */
export async function writeDvcConfig(
  root: string,
  level: DvcConfigLevel,
  change: (sections: IniSections) => IniSections,
): Promise<void> {
  const dvcRoot = dvcRootOf(root) ?? resolve(root);
  const text = iniText(change(await sectionsOf(dvcRoot, level)));
  await writeFileAtomic(join(dvcRoot, '.dvc', fileOf(level)), text);
}

/** Name of a remote's section. */
export function remoteSection(name: string): string {
  return `remote "${name}"`;
}

async function sectionsOf(dvcRoot: string, level: DvcConfigLevel): Promise<IniSections> {
  const file = fileOf(level);
  try {
    return parseIni(await readFile(join(dvcRoot, '.dvc', file), 'utf8'), `.dvc/${file}`);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return {};
    throw error;
  }
}

function fileOf(level: DvcConfigLevel): string {
  return level === 'repo' ? 'config' : 'config.local';
}

function remotesOf(folder: string, levels: readonly IniSections[]): Map<string, DvcRemote> {
  const remotes = new Map<string, DvcRemote>();
  for (const level of levels) {
    for (const [section, values] of Object.entries(level)) {
      const name = /^\s*remote\s*"(.*)"\s*$/.exec(section)?.[1];
      if (name !== undefined) remotes.set(name, { ...remotes.get(name), ...values });
    }
  }
  for (const [name, { url, ...others }] of remotes) {
    if (url !== undefined) remotes.set(name, { ...others, url: localPath(folder, url) });
  }
  return remotes;
}

/** Relative paths count from `.dvc`; an address stays as it is. */
function localPath(folder: string, written: string): string {
  if (/^\w+:\/\//.test(written)) return written;
  if (isAbsolute(written)) return resolve(written);
  if (/^~([\\/]|$)/.test(written)) return join(homedir(), written.slice(1));
  return resolve(folder, written);
}
