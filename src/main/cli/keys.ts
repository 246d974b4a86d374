import { join } from 'node:path';
import { openKeychain } from '../keychain/index.ts';
import type { AuditAction } from '../records/audit.ts';
import type { KeyAccess } from '../registry/signing/own-keys.ts';
import { keysPlace } from '../registry/signing/place.ts';
import { type SignatureState, signatureOf } from '../registry/signing/signature.ts';
import { workspaceNames } from '../workspace/names.ts';
import { findWorkspace } from '../workspace/open.ts';
import type { CliContext } from './context.ts';
import { oneLine } from './one-line.ts';
import { placeState, withState } from './state.ts';

/** Keys of this user, with the keychain opened and the passphrase asked for only when one of them is needed. */
export function keyAccess({ env }: CliContext): KeyAccess {
  return {
    place: keysPlace(env),
    keychain: () => openKeychain(),
    passphrase: async () => env.HILUM_KEY_PASSPHRASE || (await oneLine(process.stdin)),
  };
}

/** Who signed the model in a folder, as the workspace around it sees it. @throws HilumError `model/…` */
export async function signatureShown({ env }: CliContext, folder: string): Promise<SignatureState> {
  const root = await findWorkspace(folder);
  return signatureOf(folder, keysPlace(env), root === undefined ? undefined : join(root, workspaceNames.state));
}

/** What a deed is called in the audit, and the words for its row. */
interface Deed<T> {
  readonly action: AuditAction;
  run(): Promise<T>;
  row(done: T): { readonly fingerprint: string; readonly name: string };
}

/**
 * Does something with a key and writes it into the audit: of the workspace found, else of this user.
 * @throws HilumError `workspace/busy`, what the deed throws
 */
export async function keyDeed<T>(
  context: CliContext,
  workspace: string | undefined,
  { action, run, row }: Deed<T>,
): Promise<T> {
  const { state } = await placeState(context, { workspace }, 'keys');
  return withState(context, state, async (records) => {
    const done = await run();
    const { fingerprint, name } = row(done);
    records.audit.add(action, fingerprint, { name });
    return done;
  });
}
