import { statements as runs } from './001-runs.ts';
import { statements as batches } from './002-batches.ts';
import { statements as audit } from './003-audit.ts';
import { statements as reviews } from './004-reviews.ts';
import { statements as runLabels } from './005-run-labels.ts';
import { statements as findings } from './006-findings.ts';
import { statements as connected } from './007-connected.ts';

/** SQL of each schema version, append-only: entry i leads from version i to i + 1. A released entry is never edited. */
export const migrations: readonly (readonly string[])[] = [
  runs,
  batches,
  audit,
  reviews,
  runLabels,
  findings,
  connected,
];
