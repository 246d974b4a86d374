/** Which runs were written to, for whoever keeps what was read of them. Only the process that holds the lock writes. */
export function runChanges() {
  let version = 0;
  const touched = new Map<string, number>();
  return {
    /** Call in each function that writes something of a run. */
    touch(run: string): void {
      version++;
      touched.set(run, version);
    },
    get version(): number {
      return version;
    },
    /** Runs that were written to after that version. */
    since(known: number): string[] {
      if (known === version) return [];
      return [...touched].filter(([, at]) => at > known).map(([run]) => run);
    },
  };
}
export type RunChanges = ReturnType<typeof runChanges>;
