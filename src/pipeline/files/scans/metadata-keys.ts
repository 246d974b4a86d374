import { sha256 } from '../../disk/hash.ts';
import { disjointSets } from '../similarity/disjoint-sets.ts';
import type { ScanAnswer, ScanImage } from './scan.ts';

/**
 * Scan and group of images whose files name them. Group keys that meet in one scan are one patient (a PatientID that is
 * empty in some slices gives two keys), so that no scan ever stands in two groups.
 * @returns undefined for images without a scan key
 */
export function answersFromKeys(images: readonly ScanImage[]): (ScanAnswer | undefined)[] {
  const keys = new Map<string, number>();
  const numberOf = (key: string): number => {
    const number = keys.get(key) ?? keys.size;
    keys.set(key, number);
    return number;
  };
  const joined = images.flatMap(({ scanKey, groupKey }) =>
    scanKey === undefined ? [] : [[numberOf(`scan ${scanKey}`), numberOf(groupName(scanKey, groupKey))] as const],
  );
  const sets = disjointSets(keys.size);
  for (const [scan, group] of joined) sets.join(scan, group);
  const patient = new Map<number, string>();
  for (const { scanKey, groupKey } of images) {
    if (scanKey === undefined) continue;
    const name = groupName(scanKey, groupKey);
    const root = sets.find(numberOf(name));
    const held = patient.get(root);
    if (held === undefined || name < held) patient.set(root, name);
  }
  return images.map(({ scanKey, groupKey, labelGroup }) => {
    if (scanKey === undefined) return undefined;
    const group = patient.get(sets.find(numberOf(groupName(scanKey, groupKey)))) ?? '';
    return labelGroup === undefined
      ? { scan: shortId(`scan ${scanKey}`), group: shortId(group) }
      : { scan: shortId(`scan ${scanKey} in ${labelGroup}`), group: labelGroup };
  });
}

/** Scan and group that an image with these keys has where no label table and no other image says otherwise. */
export function idsOfKeys(scanKey: string, groupKey: string | undefined): { scan: string; group: string } {
  return { scan: shortId(`scan ${scanKey}`), group: shortId(groupName(scanKey, groupKey)) };
}

function groupName(scanKey: string, groupKey: string | undefined): string {
  return groupKey === undefined ? `scan ${scanKey}` : `group ${groupKey}`;
}

function shortId(text: string): string {
  return `dicom-${sha256(text).slice(0, 12)}`;
}
