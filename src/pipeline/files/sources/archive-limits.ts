/** Caps on what an archive may ask for; past one of them the whole archive is refused. */
export interface ArchiveLimits {
  readonly entries: number;
  readonly totalBytes: number;
  readonly fileBytes: number;
  /** Unpacked bytes for one packed byte, of each file and of the whole archive. */
  readonly ratio: number;
}

export const defaultArchiveLimits: ArchiveLimits = {
  entries: 200_000,
  totalBytes: 20 * 2 ** 30,
  fileBytes: 2 * 2 ** 30,
  ratio: 1000,
};
