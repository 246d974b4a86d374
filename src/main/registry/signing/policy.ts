import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { Config } from '../../../pipeline/domain/params.ts';
import { groupedFingerprint } from '../../../pipeline/domain/signature.ts';
import { readSeal } from '../../models/sealed-folder.ts';
import { openWorkspace } from '../../workspace/open.ts';
import { type KeysPlace, keysPlace } from './place.ts';
import { goodSignatureOf } from './signature.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a folder becomes a model that a workspace uses: classify, explain, import and promote ask here, the command line as
 * well as the page. The models trained here and the one that comes with the program are no exception.
 * @param root the workspace; undefined: none, so there is no policy
 * @throws HilumError `signature/…` when the workspace asks for signatures and this model has none that counts, `config/…`
 */
export async function requireUsable(root: string | undefined, folder: string, env: Environment): Promise<void> {
  if (root === undefined) return;
  const { config, paths } = await openWorkspace(root);
  await requireTrusted({ config, state: paths.state }, folder, keysPlace(env));
}

/** The same for who has read the configuration. @param state `.hilum` of the workspace */
export async function requireTrusted(
  { config, state }: { readonly config: Config; readonly state: string },
  folder: string,
  place: KeysPlace,
): Promise<void> {
  // A bad one is refused whatever the policy; the worker would say the same later.
  const { hash } = await readSeal(folder);
  const signature = await goodSignatureOf(folder, hash, place, state);
  if (!config.registry.require_signature || signature.state === 'trusted') return;
  if (signature.state === 'unsigned') throw new HilumError('signature/required');
  const { signer, fingerprint } = signature;
  throw new HilumError('signature/not-trusted', { signer, fingerprint: groupedFingerprint(fingerprint) });
}
