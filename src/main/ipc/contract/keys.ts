import { z } from 'zod';
import { signerSchema } from '../../../pipeline/domain/signature.ts';
import { call, done, idSchema, madeFileSchema, nothing } from './call.ts';

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);
/** A public key takes 113 characters. */
const pemSchema = z.string().min(1).max(2000);

/** Signing keys. No private key, and no passphrase, ever goes through these calls. */
export const keyCalls = {
  'keys/list': call(
    nothing,
    z.object({
      /** One sentence on why no key can be made here; null when one can. */
      keychainProblem: z.string().nullable(),
      own: z.array(z.object({ name: z.string(), fingerprint, madeAt: z.string(), kept: z.enum(['keychain', 'file']) })),
      trusted: z.array(
        z.object({
          name: z.string(),
          fingerprint,
          /** null: pinned by whoever set the machine up; it cannot be forgotten here. */
          trustedAt: z.string().nullable(),
        }),
      ),
      /** The policy of the open workspace: signed models only. */
      required: z.boolean(),
    }),
  ),
  /** A key in the keychain; those in files are made on the command line. */
  'keys/make': call(z.strictObject({ name: signerSchema }), z.object({ fingerprint })),
  /** The public half as a PEM file. */
  'keys/export': call(z.strictObject({ fingerprint }), madeFileSchema),
  /** What a public key is, before it is trusted. */
  'keys/read': call(z.strictObject({ pem: pemSchema }), z.object({ fingerprint })),
  /** `fingerprint`: the one that the user saw and compared. */
  'keys/trust': call(z.strictObject({ pem: pemSchema, fingerprint, name: signerSchema }), done),
  /** The same for the key that signed a model. */
  'keys/trust-signer': call(z.strictObject({ model: idSchema, fingerprint, name: signerSchema }), done),
  'keys/distrust': call(z.strictObject({ fingerprint }), done),
  /** Puts a signature of the user's own key beside the seal. */
  'models/sign': call(z.strictObject({ model: idSchema, key: fingerprint }), done),
};
