import type { Output } from '../../../api.ts';
import { formatCount } from '../../../format/numbers.ts';

export type Changes = Output<'data/diff'>['counts'];
export type Change = Output<'data/diff'>['rows'][number];
export type Version = Output<'data/versions'>['versions'][number];

/** In the order of the core's list. */
export const changeWords = {
  added: 'added',
  removed: 'removed',
  relabelled: 'relabelled',
  regrouped: 'regrouped',
  rescanned: 'in another scan',
  moved: 'moved',
  replaced: 'with other pixels',
} as const satisfies Record<Change['change'], string>;

export const changeKinds = [
  'added',
  'removed',
  'relabelled',
  'regrouped',
  'rescanned',
  'moved',
  'replaced',
] as const satisfies readonly Change['change'][];

/** `12 added, 3 relabelled`; what is zero is left out. */
export function changesText(changes: Changes): string {
  const parts = changeKinds.filter((kind) => changes[kind] > 0);
  if (parts.length === 0) return 'no image differs';
  return parts.map((kind) => `${formatCount(changes[kind])} ${changeWords[kind]}`).join(', ');
}

const reasonWords = {
  ingest: 'read',
  relabel: 'relabelled',
  regroup: 'regrouped',
  checkout: 'restored',
  pull: 'pulled',
  found: 'changed outside',
} as const satisfies Record<Version['reason'], string>;

export function reasonText({ reason, restored }: Version): string {
  return restored === null ? reasonWords[reason] : `${reasonWords[reason]} v${restored}`;
}

/** `v3`, and which one is on the disk. */
export function versionText({ version, isCurrent }: Version): string {
  return isCurrent ? `v${version} (now)` : `v${version}`;
}
