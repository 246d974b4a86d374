import { z } from 'zod';

/** Claims that no card of this program makes, in whatever sentence they stand. */
const claims = /\b(certified|FDA|HIPAA)\b/i;

const text = (what: string) =>
  z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .refine(
      (value) => !claims.test(value),
      'must not speak of certification, FDA or HIPAA: the model is for research only',
    )
    .optional()
    .describe(what);

/** `card:` of config.yaml: what only people know of a study. Nothing of it is checked, all of it is shown as they wrote it. */
export const userFactsSchema = z.strictObject({
  intended_use: text('What the model is meant for, for whom, and what it must not be used for.'),
  background: text('The clinical question, and what is done today.'),
  objectives: text('What this study was meant to show.'),
  design: text('Prospective or retrospective; one centre or several.'),
  data_collection: text('Where and when the images come from.'),
  inclusion: text('Who was included and who was left out.'),
  acquisition: text('Scanners, protocol, contrast phase, slice thickness.'),
  deidentification: text('How names and other identifiers were removed.'),
  missing_data: text('What was missing, and what was done about it.'),
  demographics: text('Age, sex and other characteristics of the patients, by part of the split where they are known.'),
  treatments: text('What was done to the patients before the images were taken, where it matters.'),
  reference_standard: text('What decided the class of an image: reading, report, pathology, follow-up.'),
  reference_rationale: text('Why this reference standard was chosen.'),
  readers: text('Who gave the labels: how many, how experienced, blinded to what.'),
  agreement: text('How well readers agreed with each other and with themselves.'),
  sample_size: text('How the number of patients was decided.'),
  fairness: text('Groups of patients for whom the model may be worse, and what was done about it.'),
  external_test: text('Results on data from elsewhere, and how they were measured.'),
  limitations: text('What the model cannot do and where it fails.'),
  implications: text('What should follow before it is used in practice.'),
  protocol: text('Where the full study protocol can be read.'),
  registration: text('Registry and number of the study.'),
  availability: text('Where model, code and data can be had, and on what terms.'),
  ethics: text('Which ethics committee approved the study, or why none was needed; how consent was handled.'),
  funding: text('Who paid, and what part they had in the work.'),
  conflicts: text('Interests of the authors.'),
  involvement: text('How patients and the public had a part in the study.'),
  contact: text('Whom to ask.'),
});
export type UserFacts = z.infer<typeof userFactsSchema>;
