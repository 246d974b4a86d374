import type { Entry } from './entry.ts';

/** Networks from elsewhere, and ours for other programs. */
export const exchangeErrors = {} as const satisfies Record<string, Entry>;
