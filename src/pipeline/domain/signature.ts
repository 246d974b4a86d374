import { z } from 'zod';

/** The one file beside seal.json that the seal does not know: it says who stands for the seal. */
export const signatureFile = 'signature.json';
/** Newest format of signature.json that this program reads, and the one it writes. */
export const signatureVersion = 1;
/** Far above what a signature needs; nothing larger is read. */
export const largestSignatureBytes = 4096;

/** Control, format and unassigned characters could make one name look like another. */
const plainName = /^[^\p{C}\p{Zl}\p{Zp}]+$/u;

/** A name of a person or a group, shown wherever the signature is. */
export const signerSchema = z
  .string()
  .min(1)
  .max(80)
  .refine((name) => plainName.test(name) && name === name.trim() && name === name.normalize('NFC'), {
    message: 'expected a plain name of at most 80 characters',
  });

const base64Of = (bytes: number, digits: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9+/]{${digits}}${'='.repeat((3 - (bytes % 3)) % 3)}$`));

/** A raw Ed25519 public key of 32 bytes. */
export const publicKeySchema = base64Of(32, 43);

/** ISO 8601 in UTC with milliseconds, as `Date.toISOString` writes it. */
const instantSchema = z.iso.datetime({ precision: 3 });

/** What is signed: the seal stands for every byte of the model. */
export const signedStatementSchema = z.strictObject({
  seal: z.string().regex(/^[0-9a-f]{64}$/),
  signer: signerSchema,
  signed_at: instantSchema,
});
export type SignedStatement = z.infer<typeof signedStatementSchema>;

const format = z.literal('hilum-signature');

/** signature.json. */
export const signatureSchema = z.strictObject({
  format,
  version: z.literal(signatureVersion),
  ...signedStatementSchema.shape,
  public_key: publicKeySchema,
  /** Ed25519 over `signedText`, 64 bytes. */
  signature: base64Of(64, 86),
});
export type Signature = z.infer<typeof signatureSchema>;

/** Enough of any version to say that it is a newer one. */
export const anySignatureSchema = z.looseObject({ format, version: z.int().min(1) });

/**
 * The text that is signed. Its first line is of nothing else that an Ed25519 key might sign, and no part can hold the
 * newline that ends it.
 */
export function signedText({ seal, signer, signed_at }: SignedStatement): string {
  const lines = ['hilum: signature of a sealed model', `version ${signatureVersion}`, `seal ${seal}`];
  return `${[...lines, `signer ${signer}`, `signed_at ${signed_at}`].join('\n')}\n`;
}

/** Hexadecimal digits in groups of four, as two people read them to each other. */
export function groupedFingerprint(fingerprint: string): string {
  return fingerprint.match(/.{1,4}/g)?.join(' ') ?? fingerprint;
}

/** Who stands for a model, as far as this machine can tell. */
export const signatureStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('unsigned') }),
  z.object({
    state: z.enum(['trusted', 'unknown']),
    /** Trusted: the name that this user gave the key. Unknown: what the signer calls themselves, which proves nothing. */
    signer: z.string(),
    /** SHA-256 of the raw public key, 64 hexadecimal digits. */
    fingerprint: z.string(),
    /** ISO 8601, as the signer's clock had it. */
    signedAt: z.string(),
  }),
  z.object({ state: z.literal('bad'), why: z.string() }),
]);
export type SignatureState = z.infer<typeof signatureStateSchema>;

/** One sentence for people. */
export function signatureWords(signature: SignatureState): string {
  if (signature.state === 'unsigned') return 'Not signed.';
  if (signature.state === 'bad') return signature.why;
  const { signer, signedAt } = signature;
  const day = signedAt.slice(0, 10);
  if (signature.state === 'trusted') return `Signed by ${signer} on ${day}; the key is trusted here.`;
  return `Signed on ${day} with a key that is not trusted here, by somebody who goes by "${signer}".`;
}

/** The sentence with the fingerprint to compare. */
export function signatureLine(signature: SignatureState): string {
  const words = signatureWords(signature);
  return 'fingerprint' in signature ? `${words} Fingerprint: ${groupedFingerprint(signature.fingerprint)}` : words;
}
