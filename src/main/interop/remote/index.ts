import { HilumError } from '../../../pipeline/domain/errors.ts';
import { nearestName } from '../../../pipeline/domain/names.ts';
import { type DvcRemote, readDvcConfig } from '../dvc/config.ts';
import { folderRemote } from './folder.ts';
import { s3Remote } from './s3.ts';
import type { RemoteStore } from './store.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One kind of place. */
export interface RemoteKind {
  readonly name: string;
  /** Of its addresses; null: a path. */
  readonly scheme: string | null;
  /** @throws HilumError `remote/…` */
  open(name: string, settings: DvcRemote, env: Environment): Promise<RemoteStore>;
}

export const remoteKinds: readonly RemoteKind[] = [folderRemote, s3Remote];

/** The kind that an address belongs to. @throws HilumError `remote/bad-url` */
export function kindOf(url: string): RemoteKind {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(url)?.[1]?.toLowerCase() ?? null;
  const kind = remoteKinds.find((each) => each.scheme === scheme);
  if (kind === undefined) throw new HilumError('remote/bad-url', { what: `scheme ${scheme}` });
  return kind;
}

export interface OpenRemote {
  readonly name: string;
  readonly store: RemoteStore;
}

/**
 * The remote of a name, or the one that is set as default.
 * @throws HilumError `remote/none`, `remote/unknown`, `remote/bad-url`, `remote/…`
 */
export async function openRemote(root: string, given: string | undefined, env: Environment): Promise<OpenRemote> {
  const name = given ?? (await readDvcConfig(root)).core.remote;
  if (name === undefined) throw new HilumError('remote/none');
  const settings = await settingsOf(root, name);
  return { name, store: await kindOf(settings.url).open(name, settings, env) };
}

/** What .dvc/config says of a remote. @throws HilumError `remote/unknown`, `dvc/bad-config` */
export async function settingsOf(root: string, name: string): Promise<DvcRemote & { readonly url: string }> {
  const { remotes } = await readDvcConfig(root);
  const settings = remotes.get(name);
  if (settings?.url === undefined) {
    throw new HilumError('remote/unknown', { remote: name, nearest: nearestName(name, [...remotes.keys()]) });
  }
  return { ...settings, url: settings.url };
}
