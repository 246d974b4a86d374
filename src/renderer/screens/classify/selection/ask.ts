import type { Channel, Input, Output } from '../../../../main/ipc/contract.ts';

/** How questions reach the core; tests answer them themselves. */
export type Ask = <C extends Channel>(channel: C, input: Input<C>) => Promise<Output<C>>;
