import { groupedFingerprint } from '../../../pipeline/domain/signature.ts';
import { keysPlace } from '../signing/place.ts';
import { type SignatureState, signatureOf } from '../signing/signature.ts';
import type { Gate } from './gate.ts';

/** Signed with a key that is trusted here. */
export const signature: Gate = {
  name: 'signature',
  ofChallenger: true,
  isRequired: ({ require_signature }) => require_signature,
  async check({ study, model, means }) {
    const found = await signatureOf(model.folder, keysPlace(means.env), study.workspace.paths.state);
    return { passed: found.state === 'trusted', reason: sentenceOf(found), figures: factsOf(found) };
  },
};

function sentenceOf(found: SignatureState): string {
  if (found.state === 'unsigned') return 'Not signed.';
  if (found.state === 'bad') return found.why;
  if (found.state === 'trusted') return `Signed by ${found.signer}, whose key is trusted here.`;
  return `Signed by "${found.signer}" with a key that is not trusted here: ${groupedFingerprint(found.fingerprint)}.`;
}

function factsOf(found: SignatureState): Record<string, string> {
  if (found.state === 'unsigned' || found.state === 'bad') return { state: found.state };
  const { state, signer, fingerprint, signedAt } = found;
  return { state, signer, fingerprint, signed_at: signedAt };
}
