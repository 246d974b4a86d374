import type { Entry } from './entry.ts';

/** DVC, data versions and remotes, tracking servers, run bundles. */
export const interopErrors = {} as const satisfies Record<string, Entry>;
