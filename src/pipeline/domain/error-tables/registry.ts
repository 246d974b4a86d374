import type { Entry } from './entry.ts';

/** The registry of models: versions, aliases, gates, signatures and keys. */
export const registryErrors = {} as const satisfies Record<string, Entry>;
