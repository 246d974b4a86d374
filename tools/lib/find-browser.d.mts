export interface FoundBrowser {
  readonly path: string;
  /** How it was come by, for people. */
  readonly from: string;
}

export function findBrowser(): Promise<FoundBrowser | undefined>;
