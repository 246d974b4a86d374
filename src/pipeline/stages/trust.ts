import { type TrustInput, trustInputSchema } from '../domain/explain.ts';
import type { Trust } from '../domain/trust.ts';
import { openSealedModel } from '../network/index.ts';
import type { Stage } from './stage.ts';
import { trustOf } from './trust/trust-of.ts';

export interface TrustReport {
  readonly seal: string;
  readonly trust: Trust;
}

/** Tests the heat maps of a sealed model anew, on synthetic pictures: whatever was sealed in or recorded is not looked at. */
export const trust: Stage<TrustInput> = {
  input: trustInputSchema,
  async run({ model: folder }, context): Promise<TrustReport> {
    const model = await openSealedModel(folder);
    const report = (done: number, total: number): void =>
      context.report({ step: 'Testing heat maps', done, total, fraction: done / total });
    return { seal: model.sealHash, trust: await trustOf(await model.network(), model.contract, { report }) };
  },
};
