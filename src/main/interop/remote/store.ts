import type { Readable } from 'node:stream';

/** A place that objects are kept in, in DVC's layout: `files/md5/ab/cdef…`. */
export interface RemoteStore {
  /** Bytes of those objects that are there. @throws HilumError `remote/…`, `cancelled/by-user` */
  sizesOf(oids: readonly string[], signal: AbortSignal): Promise<Map<string, number>>;
  /**
   * Sends a file under the name of its content; nobody sees a part of it.
   * @throws HilumError `dvc/object-corrupt` when the file does not have that content: nothing is kept then; `remote/…`
   */
  send(oid: string, path: string, signal: AbortSignal): Promise<void>;
  /** Bytes of an object from an offset on, unchecked; undefined when it is not there. @throws HilumError `remote/…` */
  receive(oid: string, from: number, signal: AbortSignal): Promise<Readable | undefined>;
  /** What broke the stream of `receive`, as a HilumError. */
  faultOf(error: unknown): unknown;
  close(): void;
}

/** Where an object lies below the address of a remote. */
export function keyOf(oid: string): string {
  return `files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`;
}

/** MD5 that the content of an object has. */
export function contentMd5(oid: string): string {
  return oid.replace(/\.dir$/, '');
}
