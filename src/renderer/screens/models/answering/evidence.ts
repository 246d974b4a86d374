import type { Output } from '../../../api.ts';
import { formatCount } from '../../../format/numbers.ts';

export type Evidence = NonNullable<Output<'models/get'>['evidence']>;

/** `3 of 15` */
export function shareText(count: number, of: number): string {
  return `${formatCount(count)} of ${formatCount(of)}`;
}
