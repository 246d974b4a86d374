import type { Channel, MadeFile, Output, Parsed, Push, Reply } from './contract.ts';

/** One open page: a window of the app, or a tab of a browser. */
export interface Caller {
  /** Random, given by the transport; never a name. */
  readonly id: string;
}

/** What answers the page, whatever it is reached through. */
export interface Core {
  /** Never throws: what goes wrong is in the reply. `raw` is untrusted. */
  call(channel: string, raw: unknown, caller: Caller): Promise<Reply<unknown>>;
  /** @returns how to stop listening */
  onPush(listener: (push: Push) => void): () => void;
  /** A queued or running job, by title; empty when it may close without a question. */
  busyWith(): readonly string[];
  /** Stops jobs at their next safe point (what is finished is kept), closes records, frees the workspace. Twice is once. */
  close(): Promise<void>;
}

export type Handler<C extends Channel> = (input: Parsed<C>, caller: Caller) => Promise<Output<C>> | Output<C>;
export type Handlers = { readonly [C in Channel]: Handler<C> };

/** Which folders the page may name. */
export interface Access {
  /** Folders that `folders/list` begins with. */
  readonly roots: readonly string[];
  /** The real path (no links in it) of something that may be read. @throws HilumError `access/outside`, `source/missing` */
  require(path: string): Promise<string>;
  /** The user chose or dropped it: it and all below may be named from now on. */
  grant(path: string): void;
}

export type FolderPurpose = Parsed<'folders/pick'>['purpose'];

/** What surrounds the core: the window of the app, or the browser server. */
export interface Surface {
  readonly transport: 'app' | 'browser';
  readonly access: Access;
  /** Other workspaces may be opened. */
  readonly canSwitchWorkspace: boolean;
  /** Brings a file to the user: `write` makes it at the path it is given. `name` is a proposal. */
  deliver(name: string, write: (path: string) => Promise<void>): Promise<MadeFile>;
  /** A dialog of the system; the choice is granted. undefined where there is none. */
  readonly pickFolder?: ((purpose: FolderPurpose) => Promise<string | null>) | undefined;
  setTheme(theme: 'dark' | 'light' | 'system'): void;
  /** Files that the page sends (browser only). */
  readonly uploads?: Uploads | undefined;
}

/** Places for files that pages send; each belongs to the caller that began it. */
export interface Uploads {
  begin(caller: Caller): Promise<string>;
  /** @throws HilumError `upload/unknown`, `source/empty` */
  finish(upload: string, caller: Caller): Promise<{ path: string; files: number }>;
}
