import { type Entry, entry } from './entry.ts';

/** Run bundles, and runs that are trained again. */
export const bundleErrors = {
  'bundle/not-one': entry(
    'configuration',
    () => 'This is no run bundle. Choose the zip that `hilum runs export --bundle` or "Export bundle" wrote.',
  ),
  'bundle/damaged': entry(
    'check',
    (f) => `The bundle is not as it was written (${f.what}). Nothing was imported; ask for it again.`,
  ),
  'bundle/newer': entry(
    'environment',
    (f) => `The bundle was written by a newer version (format ${f.found}, this program knows ${f.known}).`,
  ),
  'bundle/bad-record': entry(
    'check',
    (f) => `The record of run ${f.run} cannot be read (${f.what}). Nothing was imported.`,
  ),
  'bundle/conflict': entry(
    'check',
    (f) => `Run ${f.run} is here already with other content (${f.what}). Nothing was imported.`,
  ),
  'bundle/deleting': entry(
    'busy',
    (f) => `Run ${f.run} is being deleted here. Take that back or wait half a minute, then import again.`,
  ),
  'verify/no-model': entry(
    'configuration',
    (f) => `Run ${f.run} made no model that is recorded: there is nothing to compare with.`,
  ),
  'verify/missing-input': entry(
    'check',
    (f) =>
      `The ${f.input} that run ${f.run} was trained on is not here any more (recorded ${f.expected}, found ${f.found}).${
        f.command === undefined ? '' : ` \`${f.command}\` brings it back, where it is kept.`
      }`,
  ),
} as const satisfies Record<string, Entry>;
