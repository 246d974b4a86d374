import { z } from 'zod';
import { type Params, paramsSchema } from './params.ts';
import { workspacePathsSchema } from './stage-inputs.ts';

export const trainingCostInputSchema = z.object({ params: paramsSchema, classes: z.int().min(2) });
export type TrainingCostInput = z.infer<typeof trainingCostInputSchema>;

/** What fine-tuning asks for by the shape of its network alone. */
export const trainingCostSchema = z.object({
  /** Parameters that training changes. */
  trainable: z.int(),
  /** Parameters of the whole network. */
  parameters: z.int(),
  /** Maps that the reverse pass reads, for one image, in MB. */
  mapsMb: z.number(),
});
export type TrainingCost = z.infer<typeof trainingCostSchema>;

export const probeInputSchema = z.object({
  workspace: workspacePathsSchema,
  params: paramsSchema,
  /** Updates that are timed, a few more come before them. */
  steps: z.int().min(1).max(1000),
});
export type ProbeInput = z.infer<typeof probeInputSchema>;

/** Fine-tuning as this machine does it, measured by real updates on real pictures. */
export const probeSchema = z.object({
  /** TensorFlow, the network and the first updates, which are slower than all others. */
  startMs: z.number().min(0),
  /** One update of a whole batch, its pictures augmented. */
  stepMs: z.number().positive(),
  /** One image through the network without gradient. */
  predictMs: z.number().positive(),
  /** One picture from its file to the network's size. */
  decodeMs: z.number().min(0),
  /** Largest memory of the process, TensorFlow and a few pictures included. */
  peakMb: z.number().positive(),
});
export type Probe = z.infer<typeof probeSchema>;

/** Updates of a probe. */
export const probeSteps = 20;

/** What the speed and the memory of fine-tuning depend on; settings with one key need one probe. */
export function probeKey({ backbone, image, head, training, fine_tuning }: Params): string {
  const blocks = training.preset === 'all' ? '' : `:${fine_tuning.blocks}`;
  const levels = backbone.features.join('+');
  return `${backbone.name}@${image.size} ${levels} hidden=${head.hidden} ${training.preset}${blocks} batch=${fine_tuning.batch_size}`;
}
