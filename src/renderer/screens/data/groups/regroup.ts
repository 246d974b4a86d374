import { call } from '../../../api.ts';
import { plural } from '../../../format/numbers.ts';
import { notify, notifyError } from '../../../stores/notices.ts';
import { type Group, groupsOfScans } from './group-rows.ts';

const mostScans = 500;

/** Puts scans into one patient group; the way back is offered. */
export async function regroup(
  groups: readonly Group[],
  scans: ReadonlySet<string>,
  group: string,
  reader: string,
): Promise<void> {
  const before = groupsOfScans(groups, scans);
  await put([...scans], group, reader);
  const undo = async (): Promise<void> => {
    for (const [name, own] of before) await put(own, name, reader);
  };
  notify({
    text: `${plural(scans.size, 'scan')} in group ${group} now. The split has to be made anew.`,
    action: { label: 'Undo', run: () => void undo().catch(notifyError) },
  });
}

async function put(scans: readonly string[], group: string, reader: string): Promise<void> {
  for (let at = 0; at < scans.length; at += mostScans) {
    await call('dataset/regroup', { scans: scans.slice(at, at + mostScans), group, reader });
  }
}
