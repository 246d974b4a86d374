/** Folder, zip or address → files; classes, scans and patient groups; the dataset's tables; splits without leaks. */
export { type ClassAnswer, type ClassRules, classOf } from './classes.ts';
export { type Label, readLabels } from './labels.ts';
export { readStable, type StableRead } from './read-stable.ts';
export { idsOfKeys } from './scans/metadata-keys.ts';
export { recoverScans } from './scans/recover.ts';
export type { ScanAnswer, ScanImage, ScanThresholds } from './scans/scan.ts';
export { thumbnailPixels, thumbnailSize } from './similarity/low-frequencies.ts';
export { nearestThumbnails } from './similarity/nearest.ts';
export { forSimilarPairs, indexThumbnails } from './similarity/thumbnail-index.ts';
export { type ArchiveLimits, defaultArchiveLimits } from './sources/archive-limits.ts';
export { openSource } from './sources/index.ts';
export {
  type FileSource,
  type FoundFile,
  isRefused,
  type RefusedFile,
  type SourceEntry,
  type SourceOptions,
} from './sources/source.ts';
export { type CheckOptions, checkSplit, type SimilarPair, type SplitCheck, sharedGroups } from './splits/check.ts';
export { splitByGroup } from './splits/index.ts';
export { validationGroups } from './splits/validation.ts';
export { type FileState, openStatCache, type StatCache } from './stat-cache.ts';
export {
  readDuplicates,
  readManifest,
  readSplit,
  writeDuplicates,
  writeManifest,
  writeRefused,
  writeSplit,
} from './tables.ts';
