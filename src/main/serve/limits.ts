const mebibyte = 1024 * 1024;
const minuteMs = 60_000;

/** Caps of the browser server, in one place. */
export const serveLimits = {
  /** Bytes that a body may have beyond what its channel allows: blanks between the parts of the JSON. */
  bodySlackBytes: 1024,
  /** Bytes waiting for one page; a page that reads slower loses its connection and asks anew. */
  pushBacklogBytes: 4 * mebibyte,
  pingMs: 30_000,
  /** A connection on which nothing moves for so long is dropped. */
  idleMs: minuteMs,
  /** How long open questions may go on when the server ends. */
  graceMs: 2_000,
  downloadMs: 10 * minuteMs,
  /** For the one address that opens the page without the token on a command line. */
  openingMs: 2 * minuteMs,
  /** Folders of downloads that a killed server left behind. */
  staleDownloadMs: 24 * 60 * minuteMs,
  staleUploadMs: 7 * 24 * 60 * minuteMs,
} as const;

export interface UploadLimits {
  readonly fileBytes: number;
  /** Of one upload: all its files together. */
  readonly totalBytes: number;
  readonly files: number;
}

export const uploadLimits: UploadLimits = {
  fileBytes: 2 * 1024 * mebibyte,
  totalBytes: 20 * 1024 * mebibyte,
  files: 200_000,
};
