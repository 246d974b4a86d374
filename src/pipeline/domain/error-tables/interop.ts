import { type Entry, entry, nearest, place } from './entry.ts';

/** DVC, data versions and remotes, tracking servers, run bundles. */
export const interopErrors = {
  'dvc/object-corrupt': entry(
    'check',
    (f) =>
      `${f.oid} in the DVC cache does not have the content of its name. It was not used; take it away, then pull or run the stage again.`,
  ),
  'dvc/object-missing': entry(
    'input',
    (f) => `${f.oid} is not in the DVC cache. Run \`hilum pull\`, or the stage that makes it.`,
  ),
  'dvc/bad-config': entry('configuration', (f) => `${place(f)}: this is no line of a DVC configuration.`),
  'dvc/would-overwrite': entry(
    'check',
    (f) => `${f.path} holds content that is in no cache and would be lost. Give --force to overwrite it.`,
  ),
  'dvc/unknown-target': entry(
    'configuration',
    (f) => `${f.target} is neither a stage nor an output of dvc.yaml.${nearest(f)}`,
  ),
  'data/unknown-version': entry('configuration', (f) =>
    f.newest === 0
      ? 'No version of the dataset is recorded yet. Run `hilum ingest` first.'
      : `There is no version "${f.version}" of the dataset: give a number up to ${f.newest}, the first digits of a hash, \`current\` or a git revision. \`hilum data log\` lists them.`,
  ),
  'data/not-in-revision': entry(
    'configuration',
    (f) => `The dvc.lock of git revision "${f.revision}" names no dataset.`,
  ),
  'remote/none': entry(
    'configuration',
    () =>
      'No remote is set. Add one: `hilum remote add NAME URL --default`; the URL is a folder or s3://bucket/prefix.',
  ),
  'remote/unknown': entry(
    'configuration',
    (f) => `There is no remote "${f.remote}".${nearest(f)} \`hilum remote list\` lists them.`,
  ),
  'remote/exists': entry(
    'configuration',
    (f) => `There is a remote "${f.remote}" already. Remove it first: \`hilum remote remove ${f.remote}\`.`,
  ),
  'remote/bad-name': entry('configuration', () => 'The name of a remote has letters, digits, `-`, `_` and `.` only.'),
  'remote/bad-url': entry(
    'configuration',
    (f) => `This is no address of a remote that Hilum can reach (${f.what}). Give a folder or s3://bucket/prefix.`,
  ),
  'remote/no-secret': entry(
    'configuration',
    () => 'No secret key was given. Write it to standard input: `hilum remote login NAME --access-key-id ID < FILE`.',
  ),
  'remote/unreachable': entry(
    'environment',
    (f) => `Remote "${f.remote}" does not answer as expected (${f.what}). Run again, it goes on where it stopped.`,
  ),
  'remote/denied': entry(
    'environment',
    (f) =>
      `Remote "${f.remote}" refuses access (${f.what}). Check keys and rights: AWS_ACCESS_KEY_ID, a profile, \`hilum remote login\`, or .dvc/config.local.`,
  ),
  'remote/incomplete': entry(
    'check',
    (f) =>
      `Not everything went over: ${f.missing} object(s) missing, ${f.corrupt} without the content of their name (first: ${f.oid}). All others did; \`hilum push\` and \`hilum pull\` name each.`,
  ),
} as const satisfies Record<string, Entry>;
