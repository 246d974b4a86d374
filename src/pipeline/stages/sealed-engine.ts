import { HilumError } from '../domain/errors.ts';
import { applyContract } from '../images/index.ts';
import { openSealedModel, type SealedModel } from '../network/index.ts';
import { goldenImage } from '../phantom/index.ts';
import { createEngine, type Engine, type OpenGate, openGate, runSelfTest } from '../predictions/index.ts';

export interface SealedEngine {
  readonly model: SealedModel;
  readonly engine: Engine;
  /** Undefined: the model was sealed without one. */
  readonly gate: OpenGate | undefined;
}

/**
 * Opens a sealed model for use: every hash is checked and the golden self-test is run, each time.
 * @param seal root hash that it must have
 * @throws HilumError `model/…`, `batch/changed` when another model is there
 */
export async function openSealedEngine(folder: string, seal?: string): Promise<SealedEngine> {
  const model = await openSealedModel(folder);
  if (seal !== undefined && seal !== model.sealHash) throw new HilumError('batch/changed', { what: 'The model' });
  const engine = await createEngine(model.onnx);
  try {
    await runSelfTest(engine, model.golden, (seed, domain) =>
      applyContract(goldenImage(seed, domain), model.contract, engine.planes),
    );
  } catch (error) {
    await engine.close();
    throw error;
  }
  return { model, engine, gate: model.gate && openGate(model.gate) };
}
