import { z } from 'zod';

/** Which files of a run a tracking server is sent. */
export const sentArtefacts = ['none', 'without-names', 'all'] as const;
export type SentArtefacts = (typeof sentArtefacts)[number];

/** config.yaml, `tracking:`. A token is never one of its keys: it comes from the environment or the keychain. */
export const trackingSchema = z.strictObject({
  uri: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .describe('Address of an MLflow server, http or https, without user and password.'),
  experiment: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe("Experiment that the runs go to; left out: the workspace's name."),
  live: z.boolean().optional().describe('Send while a run is trained; left out: only when MLFLOW_TRACKING_URI is set.'),
  artefacts: z
    .enum(sentArtefacts)
    .default('without-names')
    .describe(
      'without-names: figures, report, plots and the sealed model. all: also predictions and dataset tables, which hold file names. none: no files.',
    ),
});
export type TrackingConfig = z.infer<typeof trackingSchema>;
