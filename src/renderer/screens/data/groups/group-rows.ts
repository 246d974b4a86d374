import type { Output } from '../../../../main/ipc/contract.ts';

export type Group = Output<'dataset/groups'>['groups'][number];

/** A scan in the list of groups. */
export interface ScanRow {
  readonly group: string;
  readonly scan: string;
  readonly class: string;
  readonly images: number;
  /** First scan of its group: the group is named here. */
  readonly isFirst: boolean;
  /** Scans of its group. */
  readonly scansOfGroup: number;
}

const natural = new Intl.Collator('en', { numeric: true });

/** Every scan that the words fit, group by group. A word fits the group, the scan or the class. */
export function scanRows(groups: readonly Group[], text: string): ScanRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .toSorted((a, b) => natural.compare(a.group, b.group))
    .flatMap(({ group, scans }) =>
      scans
        .toSorted((a, b) => natural.compare(a.scan, b.scan))
        .filter((scan) => fits(`${group}\n${scan.scan}\n${scan.class}`.toLowerCase(), words))
        .map((scan, at) => ({ ...scan, group, isFirst: at === 0, scansOfGroup: scans.length })),
    );
}

/** A name for a new group beside this one: the first of `name-2`, `name-3`, … that is free. */
export function freshGroup(groups: readonly Pick<Group, 'group'>[], beside: string): string {
  const taken = new Set(groups.map(({ group }) => group));
  const stem = beside.replace(/-\d{1,3}$/, (end) => (taken.has(beside.slice(0, -end.length)) ? '' : end));
  for (let number = 2; ; number++) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

/** The groups that these scans were in, for taking a change back. */
export function groupsOfScans(groups: readonly Group[], scans: ReadonlySet<string>): Map<string, string[]> {
  return new Map(
    groups.flatMap(({ group, scans: own }) => {
      const moved = own.filter(({ scan }) => scans.has(scan)).map(({ scan }) => scan);
      return moved.length === 0 ? [] : [[group, moved] as const];
    }),
  );
}

function fits(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
