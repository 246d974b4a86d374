import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { type SecretPort, switchedOff, systemSecrets } from './secret-port.ts';

export type { SecretPort } from './secret-port.ts';

/** Secrets of this user, kept by the operating system. Nothing here is ever written to a log. */
export interface Keychain {
  /** Whether a keychain answers at all. */
  readonly available: boolean;
  /** One sentence on why there is none, or why the last question was not answered; null when all is well. */
  readonly problem: string | null;
  /** undefined: no such secret, or no answer (then `problem` says why). Never throws. */
  get(name: string): Promise<string | undefined>;
  /** @throws HilumError `keychain/unavailable` */
  set(name: string, secret: string): Promise<void>;
  /** An absent secret is no error. @throws HilumError `keychain/unavailable` when it may still be there */
  delete(name: string): Promise<void>;
}

interface KeychainOptions {
  /** Left out: the keychain of the operating system. */
  readonly port?: () => Promise<SecretPort>;
  /** How long a locked keychain may wait for its user, in milliseconds. */
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 60_000;

/** Looks for the keychain by reading a name that is not there, which unlocks nothing. Never throws. */
export async function openKeychain({
  port: open = systemSecrets,
  timeoutMs = usualTimeoutMs,
}: KeychainOptions = {}): Promise<Keychain> {
  try {
    const port = await open();
    await within(timeoutMs, port.get('probe'));
    return keychainOver(port, timeoutMs);
  } catch (error) {
    return noKeychain(problemOf(error, timeoutMs));
  }
}

function keychainOver(port: SecretPort, timeoutMs: number): Keychain {
  let problem: string | null = null;
  const ask = async <T>(question: Promise<T>): Promise<T> => {
    try {
      const answer = await within(timeoutMs, question);
      problem = null;
      return answer;
    } catch (error) {
      problem = problemOf(error, timeoutMs);
      // Not as its cause: what a keychain says may hold more than a log should.
      throw new HilumError('keychain/unavailable', { why: problem });
    }
  };
  return {
    available: true,
    get problem() {
      return problem;
    },
    get: (name) =>
      ask(port.get(name)).then(
        (secret) => secret ?? undefined,
        () => undefined,
      ),
    set: (name, secret) => ask(port.set(name, secret)),
    delete: (name) => ask(port.delete(name)),
  };
}

function noKeychain(problem: string): Keychain {
  return {
    available: false,
    problem,
    get: async () => undefined,
    set: async () => {
      throw new HilumError('keychain/unavailable', { why: problem });
    },
    delete: async () => undefined,
  };
}

const notInTime = Symbol('not in time');

/** The question itself cannot be taken back: it runs on one of Node's own threads until the keychain answers. */
async function within<T>(timeoutMs: number, question: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(notInTime), timeoutMs);
  });
  try {
    return await Promise.race([question, late]);
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(error: unknown, timeoutMs: number): string {
  if (error === notInTime) return `The keychain did not answer within ${Math.ceil(timeoutMs / 1000)} seconds.`;
  if (error === switchedOff) return 'The keychain is switched off here (HILUM_KEYCHAIN=off).';
  if (['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(errnoOf(error) ?? '')) {
    return 'The part that talks to keychains is not installed on this machine.';
  }
  const message = error instanceof Error ? error.message : '';
  if (/no storage access|access ?denied|locked|dismissed|interaction/i.test(message)) {
    return 'The keychain is locked or does not let this program in.';
  }
  return 'This machine has no keychain service that answers.';
}
