/** The clock of the jobs; replaced in tests. */
export interface Timers {
  /** Calls back once after the time. @returns how to take it back */
  after(ms: number, callback: () => void): () => void;
}

export const realTimers: Timers = {
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** For what can as well be done at the next start: does not keep the process alive. */
export const lazyTimers: Timers = {
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  },
};
