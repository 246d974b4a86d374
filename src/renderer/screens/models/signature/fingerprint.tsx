import { groupedFingerprint } from '../../../../pipeline/domain/signature.ts';
import './signature.css';

/** SHA-256 of a public key, in groups that two people can read to each other. */
export function Fingerprint({ of }: { readonly of: string }) {
  return <span className="h-mono h-signature-fingerprint">{groupedFingerprint(of)}</span>;
}
