import { z } from 'zod';

/** What a second training is compared in. `card` is told but not counted: what people write stands in it too. */
export const verifiedItems = [
  'weights',
  'network',
  'onnx',
  'contract',
  'golden',
  'calibration',
  'gate',
  'trust',
  'card',
  'epochs',
  'metrics',
] as const;
export type VerifiedItem = (typeof verifiedItems)[number];

/** How the items are called for people. */
export const verifiedItemTitles: Readonly<Record<VerifiedItem, string>> = {
  weights: 'Weights',
  network: 'Network',
  onnx: 'ONNX network',
  contract: 'Preprocessing contract',
  golden: 'Golden answers',
  calibration: 'Calibration',
  gate: 'Answer gate',
  trust: 'Trust figures',
  card: 'Model card',
  epochs: 'Figures of every epoch',
  metrics: 'Metrics',
};

const text = z.string().nullable();

/** A run that was trained again from its recorded inputs. */
export const verificationSchema = z.object({
  run: z.string(),
  /** Everything that counts is the same, bit by bit. */
  equal: z.boolean(),
  items: z.array(
    z.object({
      item: z.enum(verifiedItems),
      state: z.enum(['equal', 'different', 'not-compared']),
      /** What differed first, or why it was not compared. */
      what: text,
    }),
  ),
  /** What is another machine or program than the run's. */
  environment: z.array(z.object({ key: z.string(), recorded: text, now: text })),
  /** Seal of the model that came out; the recorded one when all is equal. */
  seal: z.string(),
});
export type Verification = z.infer<typeof verificationSchema>;
