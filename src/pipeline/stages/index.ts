import { HilumError } from '../domain/errors.ts';
import type { StageName } from '../protocol.ts';
import type { StageContext } from './context.ts';
import type { Stage } from './stage.ts';

type RunStage = (input: unknown, context: StageContext) => Promise<unknown>;

function parsed<Input>(stage: Stage<Input>): RunStage {
  return (input, context) => {
    const result = stage.input.safeParse(input);
    if (!result.success) throw new HilumError('bug/unexpected', { name: 'stage input' }, { cause: result.error });
    return stage.run(result.data, context);
  };
}

/** Loaded on demand, so that classification never pays for TensorFlow nor for stages it does not run. */
const loaders: Record<StageName, () => Promise<RunStage>> = {
  ingest: async () => parsed((await import('./ingest.ts')).ingest),
  split: async () => parsed((await import('./split.ts')).split),
  prepare: async () => parsed((await import('./prepare.ts')).prepare),
  train: async () => parsed((await import('./train.ts')).train),
  evaluate: async () => parsed((await import('./evaluate.ts')).evaluate),
  classify: async () => parsed((await import('./classify.ts')).classify),
  report: async () => parsed((await import('./report.ts')).report),
  phantom: async () => parsed((await import('./phantom.ts')).phantom),
  view: async () => parsed((await import('./view.ts')).view),
  verify: async () => parsed((await import('./verify.ts')).verify),
  backbones: async () => parsed((await import('./backbones.ts')).listBackbones),
  speed: async () => parsed((await import('./speed.ts')).speed),
  validate: async () => parsed((await import('./validate.ts')).validate),
  'leak-meter': async () => parsed((await import('./leak-meter.ts')).leakMeter),
  shortcuts: async () => parsed((await import('./shortcuts.ts')).shortcuts),
  'training-cost': async () => parsed((await import('./training-cost.ts')).trainingCost),
  probe: async () => parsed((await import('./probe.ts')).probe),
  'augment-preview': async () => parsed((await import('./augment-preview.ts')).augmentPreview),
  suspects: async () => parsed((await import('./suspects.ts')).suspects),
  duel: async () => parsed((await import('./duel.ts')).duel),
  explain: async () => parsed((await import('./explain.ts')).explain),
  trust: async () => parsed((await import('./trust.ts')).trust),
  figures: async () => parsed((await import('./figures.ts')).figures),
  'inspect-network': async () => parsed((await import('./inspect-network.ts')).inspectNetwork),
  'import-network': async () => parsed((await import('./import-network.ts')).importNetwork),
  neighbours: async () => parsed((await import('./neighbours.ts')).neighbours),
  'export-model': async () => parsed((await import('./export-model.ts')).exportModel),
};

export async function runStage(name: StageName, input: unknown, context: StageContext): Promise<unknown> {
  const run = await loaders[name]();
  return run(input, context);
}
