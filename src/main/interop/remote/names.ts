import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { nearestName } from '../../../pipeline/domain/names.ts';
import { type DvcRemote, dvcRootOf, readDvcConfig, remoteSection, writeDvcConfig } from '../dvc/config.ts';
import type { IniSections } from '../dvc/ini.ts';
import { kindOf } from './index.ts';

export interface KnownRemote {
  readonly name: string;
  /** Address without user and password. */
  readonly url: string;
  readonly isDefault: boolean;
}

/** Remotes in the order of the configuration. @throws HilumError `dvc/bad-config` */
export async function listRemotes(root: string): Promise<KnownRemote[]> {
  const { core, remotes } = await readDvcConfig(root);
  return [...remotes].map(([name, { url = '' }]) => ({
    name,
    url: url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1'),
    isDefault: name === core.remote,
  }));
}

export interface NewRemote {
  readonly name: string;
  /** Folder, as typed in `cwd`, or an address. */
  readonly url: string;
  readonly cwd: string;
  /** `endpointurl`, `region`, `profile`. */
  readonly settings: DvcRemote;
  readonly isDefault: boolean;
}

/**
 * Adds a remote to .dvc/config as DVC would: a path that was typed relative is kept relative to `.dvc`.
 * @throws HilumError `remote/exists`, `remote/bad-name`, `remote/bad-url`, `disk/…`
 */
export async function addRemote(root: string, { name, url, cwd, settings, isDefault }: NewRemote): Promise<void> {
  if (!/^[\w.-]+$/.test(name)) throw new HilumError('remote/bad-name');
  const { remotes } = await readDvcConfig(root);
  if (remotes.has(name)) throw new HilumError('remote/exists', { remote: name });
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/]*@/i.test(url)) {
    throw new HilumError('remote/bad-url', {
      what: 'it holds a user or password, which belong into .dvc/config.local',
    });
  }
  const isPath = kindOf(url).scheme === null;
  const stored = isPath ? storedPath(root, cwd, url) : url.replace(/\/+$/, '');
  await writeDvcConfig(root, 'repo', (sections) => {
    const withRemote = { ...sections, [remoteSection(name)]: { url: stored, ...settings } };
    return isDefault ? { core: { ...sections.core, remote: name }, ...withoutCore(withRemote) } : withRemote;
  });
}

/** Takes a remote out of both configuration files; what it holds stays. @throws HilumError `remote/unknown`, `disk/…` */
export async function removeRemote(root: string, name: string): Promise<void> {
  const { remotes } = await readDvcConfig(root);
  if (!remotes.has(name)) {
    throw new HilumError('remote/unknown', { remote: name, nearest: nearestName(name, [...remotes.keys()]) });
  }
  for (const level of ['repo', 'local'] as const) {
    await writeDvcConfig(root, level, (sections) => {
      const others = Object.entries(sections).filter(([section]) => section !== remoteSection(name));
      return Object.fromEntries(others.map(([section, values]) => [section, withoutDefault(section, values, name)]));
    });
  }
}

/** DVC writes the section `core` first. */
function withoutCore(sections: IniSections): IniSections {
  return Object.fromEntries(Object.entries(sections).filter(([section]) => section !== 'core'));
}

function withoutDefault(section: string, values: DvcRemote, name: string): DvcRemote {
  if (section !== 'core' || values.remote !== name) return values;
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== 'remote'));
}

function storedPath(root: string, cwd: string, url: string): string {
  if (isAbsolute(url)) return url;
  const dvc = join(dvcRootOf(root) ?? resolve(root), '.dvc');
  return relative(dvc, resolve(cwd, url)).split(sep).join('/');
}
