import { cause, type Entry, entry, nearest, place } from './entry.ts';

/** Sources, tables, datasets and their splits. */
export const datasetErrors = {
  'source/missing': entry(
    'configuration',
    (f) => `There is nothing at ${f.source}. Give a folder, a zip file or an https address.`,
  ),
  'source/empty': entry('configuration', (f) => `${f.source} holds no files.`),
  'source/url-scheme': entry('configuration', () => 'Only https addresses are fetched (http on loopback, for tests).'),
  'source/hash-required': entry(
    'configuration',
    () => 'A download needs its sha256: add `sha256:` to config.yaml or --sha256.',
  ),
  'source/hash-mismatch': entry(
    'check',
    (f) => `Expected sha256 ${f.expected}, got ${f.actual}. Nothing was kept; check the address and the hash.`,
  ),
  'source/download-failed': entry(
    'environment',
    (f) => `The download stopped: ${f.what}. Run again, it goes on where it stopped.`,
  ),
  'source/unknown-kind': entry(
    'configuration',
    (f) => `${f.source} is neither a folder nor a zip archive. Give a folder, a zip file or an https address.`,
  ),
  'source/unreadable': entry(
    'environment',
    (f) => `${f.source} cannot be read (${f.errno}). Check rights and the disk.`,
  ),
  'source/redirect': entry(
    'configuration',
    () => 'The address leads to another host. Check where it leads and give that address.',
  ),
  'source/packed': entry(
    'configuration',
    () =>
      'This dataset was read from an archive or an address, whose images cannot be shown one by one. Unpack it into a folder and read that.',
  ),
  'source/bad-archive': entry('configuration', (f) => `The archive was refused: ${f.what}. Nothing was unpacked.`),
  'table/bad-header': entry('configuration', (f) => `${place(f)}: column "${f.key}" is missing.${nearest(f)}`),
  'table/bad-row': entry('configuration', (f) => `${place(f)}: ${f.what}.`),
  'dataset/missing': entry('configuration', (f) => `${f.file} is missing. Run \`hilum ${f.command}\` first.`),
  'dataset/empty-class': entry(
    'configuration',
    (f) => `${cause(f)}Class "${f.class}" of config.yaml has no accepted image.${nearest(f)}`,
  ),
  'dataset/one-class': entry('configuration', () => 'All images are of one class. A classifier needs at least two.'),
  'dataset/mixed-domains': entry(
    'configuration',
    (f) =>
      `${cause(f)}The dataset mixes Hounsfield and display images. Set \`image.domains: [display, hounsfield]\` if that is meant.`,
  ),
  'dataset/unknown-domain': entry(
    'configuration',
    (f) => `${cause(f)}The dataset holds ${f.domain} images, params.yaml allows ${f.allowed}.`,
  ),
  'dataset/all-refused': entry(
    'configuration',
    (f) => `None of ${f.found} files was accepted. See refused.csv for the reasons.`,
  ),
  'split/single-group': entry(
    'configuration',
    (f) =>
      `Class "${f.class}" has ${f.groups} patient group(s); ${f.needed} are needed to ${f.purpose}. Add scans of other patients.`,
  ),
  'split/bad-rows': entry(
    'configuration',
    (f) => `split.csv does not fit the manifest: ${f.what}. Run \`hilum split\` again.`,
  ),
  'split/leak': entry(
    'check',
    (f) => `${f.groups} patient group(s) and ${f.images} near-duplicate image(s) stand on both sides of the split.`,
  ),
  'split/leak-refused': entry(
    'check',
    () =>
      'The split leaks: training on it would measure memory, not skill. Use --allow-leak to do it all the same; the run stays stamped.',
  ),
} as const satisfies Record<string, Entry>;
