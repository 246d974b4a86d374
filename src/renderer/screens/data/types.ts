import type { Dataset } from '../../../main/ipc/contract.ts';

export type Summary = NonNullable<Dataset['summary']>;
export type Split = NonNullable<Dataset['split']>;
export type Counts = Summary['classes'][string];
