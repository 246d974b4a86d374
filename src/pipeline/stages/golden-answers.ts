import type { Contract } from '../domain/contract.ts';
import type { Golden } from '../domain/sealed-model.ts';
import { applyContract } from '../images/index.ts';
import { goldenImage } from '../phantom/index.ts';
import { type Engine, meanOf } from '../predictions/index.ts';

/** Golden inputs of each domain that the model accepts. Few, because each start of a batch runs them all. */
const goldenSeeds = [1, 2, 3, 4];

/** What the golden self-test of a model compares with: answers to synthetic pictures through its own contract. */
export async function goldenAnswers(engine: Engine, contract: Contract): Promise<Golden> {
  const golden: Golden = [];
  for (const domain of contract.domains) {
    for (const seed of goldenSeeds) {
      const pixels = applyContract(goldenImage(seed, domain), contract, engine.planes);
      const probabilities = [...(await engine.run(pixels, 1))];
      golden.push({ seed, domain, inputMean: meanOf(pixels), probabilities });
    }
  }
  return golden;
}
