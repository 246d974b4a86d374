import { type VerifyInput, verifyInputSchema } from '../domain/stage-inputs.ts';
import { openSealedEngine } from './sealed-engine.ts';
import type { Stage } from './stage.ts';

export interface VerifyReport {
  readonly seal: string;
  readonly title: string;
  readonly classes: readonly string[];
  readonly golden: number;
}

/** Checks a sealed model as each use does: hash tree and golden self-test. */
export const verify: Stage<VerifyInput> = {
  input: verifyInputSchema,
  async run(input): Promise<VerifyReport> {
    const { model, engine } = await openSealedEngine(input.model);
    await engine.close();
    return {
      seal: model.sealHash,
      title: model.card.title,
      classes: model.contract.classes,
      golden: model.golden.length,
    };
  },
};
