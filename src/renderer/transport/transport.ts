import type { Channel, Input, Output, Push, Reply } from '../../main/ipc/contract.ts';

export type Connection = 'connecting' | 'open' | 'lost';

/** A way to the core: the bridge of the app, or HTTP. */
export interface Transport {
  /** @throws ApiError `call/lost`, `access/refused` when no reply came at all */
  call<C extends Channel>(channel: C, input: Input<C>): Promise<Reply<Output<C>>>;
  /** Tells of pushes and of the state of the connection. @returns how to stop listening */
  listen(onPush: (push: Push) => void, onConnection: (connection: Connection) => void): () => void;
  /** Headers that prove who asks; none where the transport is the window's own. */
  readonly headers: Readonly<Record<string, string>>;
}
