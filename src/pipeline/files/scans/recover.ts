import { frameOf } from '../../domain/image.ts';
import { byCodePoint } from '../../domain/names.ts';
import { foldersBelowClass } from '../classes.ts';
import { indexThumbnails } from '../similarity/thumbnail-index.ts';
import { linkScans } from './link.ts';
import { answersFromKeys } from './metadata-keys.ts';
import { idMaker } from './names.ts';
import { groupPatients } from './patients.ts';
import { fileNumber, type ScanAnswer, type ScanImage, type ScanThresholds } from './scan.ts';

/**
 * Scan and patient group of every image. In this order: the label table, keys of the metadata, folders below the class
 * folder (each a patient), frames of one file (a scan and a patient), similarity and file numbering. Answers depend on
 * the images, not on their order; ids are numbered in order of folders and file numbers.
 */
export function recoverScans(images: readonly ScanImage[], thresholds: ScanThresholds): ScanAnswer[] {
  const answers = answersFromKeys(images);
  for (const [i, { labelScan, labelGroup }] of images.entries()) {
    if (labelScan !== undefined) answers[i] = { scan: labelScan, group: labelGroup ?? labelScan };
  }
  const taken = new Set(images.flatMap(({ labelScan, labelGroup }) => [labelScan ?? '', labelGroup ?? '']));
  const open = images.map((image, place) => ({ image, place })).filter(({ place }) => answers[place] === undefined);
  for (const [className, ofClass] of sortedGroups(open, ({ image }) => image.class)) {
    const found = sortedGroups(ofClass, ({ image }) => folderKey(image)).flatMap(([, ofFolder]) =>
      recoverFolder(ofFolder.sort(byNumber), thresholds),
    );
    const ids = idMaker(className, found.length, taken);
    const groups = new Map<string, string>();
    for (const { places, group, labelGroup } of found) {
      const scan = ids.scan();
      const groupId = labelGroup ?? groups.get(group) ?? ids.group();
      if (labelGroup === undefined) groups.set(group, groupId);
      for (const place of places) answers[place] = { scan, group: groupId };
    }
  }
  return answers.map((answer) => answer ?? { scan: '', group: '' });
}

interface Placed {
  readonly image: ScanImage;
  readonly place: number;
}

interface FoundScan {
  readonly places: readonly number[];
  /** Equal for the scans of one presumed patient, different for all others of the class. */
  readonly group: string;
  readonly labelGroup: string | undefined;
}

/** Scans never reach from one folder, or from one labelled group, into another. */
function folderKey(image: ScanImage): string {
  return [image.labelGroup ?? '', ...foldersBelowClass(image.file, image.class).below].join('\u0000');
}

/** @param members of one class, folder and labelled group, in order of numbers */
function recoverFolder(members: readonly Placed[], thresholds: ScanThresholds): FoundScan[] {
  const first = members[0];
  if (first === undefined) return [];
  const { below, named } = foldersBelowClass(first.image.file, first.image.class);
  const labelGroup = first.image.labelGroup;
  const patient = named && below[0] !== undefined ? `folder ${below[0]}` : undefined;
  const volumes = members.filter(({ image }) => image.image !== image.file);
  const ofVolumes = sortedGroups(volumes, ({ image }) => image.file).map(([file, frames]) => ({
    places: frames.map(({ place }) => place),
    group: patient ?? `file ${file}`,
    labelGroup,
  }));
  const pictures = members.filter(({ image }) => image.image === image.file);
  const index = indexThumbnails(pictures.map(({ image }) => image.thumbnail));
  const scans = linkScans(
    pictures.map(({ image }) => image),
    index,
    thresholds.same_scan,
  );
  const grouped = patient === undefined && labelGroup === undefined;
  const groups = grouped ? groupPatients(scans, index, thresholds.stray) : [];
  const ofPictures = scans.map((scan, i) => ({
    places: scan.members.map((member) => pictures[member]?.place).filter((place) => place !== undefined),
    group: patient ?? `numbers ${below.join('/')} ${groups[i]}`,
    labelGroup,
  }));
  return [...ofVolumes, ...ofPictures];
}

function byNumber(a: Placed, b: Placed): number {
  const [left, right] = [fileNumber(a.image.file), fileNumber(b.image.file)];
  const difference = (left ?? Number.MAX_SAFE_INTEGER) - (right ?? Number.MAX_SAFE_INTEGER);
  return difference || byCodePoint(a.image.file, b.image.file) || frame(a.image) - frame(b.image);
}

function frame(image: ScanImage): number {
  return frameOf(image.file, image.image);
}

function sortedGroups<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  return [...Map.groupBy(items, keyOf)].sort(([a], [b]) => byCodePoint(a, b));
}
