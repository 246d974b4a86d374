import type { Channel, Input, Output, Push, Reply } from '../../main/ipc/contract.ts';

/** What the preload script of the app puts on `window.hilum`; absent in a browser. */
export interface Bridge {
  readonly calls: { readonly [C in Channel]: (input: Input<C>) => Promise<Reply<Output<C>>> };
  /** @returns how to stop listening */
  onPush(listener: (push: Push) => void): () => void;
  /** Paths of dropped files, after the core was told that the user gave them. */
  dropped(files: File[]): Promise<string[]>;
}

declare global {
  interface Window {
    readonly hilum?: Bridge;
  }
}
