/** How a process ended; both null when it could not be started. */
export interface WorkerExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Last bytes of stderr. For the developer's eyes only: may hold paths. */
  readonly stderrTail: string;
}

/** A worker process as the supervisor sees it, whatever launched it. */
export interface WorkerPort {
  /** Never throws: what cannot be sent is lost with the process, and its exit tells. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, after the last message of the process was delivered. */
  onExit(listener: (exit: WorkerExit) => void): void;
  /** Asks the process to end. */
  stop(): void;
  /** Ends it at once. */
  kill(): void;
}

export type OpenPort = () => WorkerPort;
