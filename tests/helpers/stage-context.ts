import type { StageContext } from '../../src/pipeline/stages/context.ts';

/** Of a stage that is never stopped and whose progress nobody sees. */
export const quietStage: StageContext = {
  signal: new AbortController().signal,
  report: () => undefined,
  emit: async () => undefined,
  items: async function* () {},
};
