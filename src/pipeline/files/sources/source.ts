import type { ErrorCode } from '../../domain/error-table.ts';
import type { ArchiveLimits } from './archive-limits.ts';

export interface FoundFile {
  /** Path below the source, `/` between folders, as in the folder or zip. */
  readonly file: string;
  /** Absolute path on disk. */
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/** Something that lies in the source and cannot be read as a file; it still counts as found. */
export interface RefusedFile {
  readonly file: string;
  readonly refused: ErrorCode;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

export type SourceEntry = FoundFile | RefusedFile;

export interface FileSource {
  readonly kind: 'folder' | 'zip' | 'url';
  /** Every file once, in an order that depends on names only. Each call walks anew. */
  files(): AsyncIterable<SourceEntry>;
}

export interface SourceOptions {
  /** Folder for downloads and unpacked archives, made when missing. */
  readonly cacheFolder: string;
  /** Expected SHA-256 of a zip or download, 64 hexadecimal digits. */
  readonly sha256?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes while downloading, entries while unpacking; total is 0 while it is not known. */
  readonly onProgress?: ((step: 'download' | 'unpack', done: number, total: number) => void) | undefined;
  readonly limits?: ArchiveLimits | undefined;
}

/** One kind of source; the table in index.ts asks each in turn. */
export interface SourceKind {
  recognises(location: string): Promise<boolean>;
  open(location: string, options: SourceOptions): Promise<FileSource>;
}

export function isRefused(entry: SourceEntry): entry is RefusedFile {
  return 'refused' in entry;
}
