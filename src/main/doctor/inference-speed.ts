import { hasCode } from '../../pipeline/domain/errors.ts';
import { stageInWorker } from '../jobs/stage-in-worker.ts';
import { demoModelFolder } from '../models/places.ts';
import { speedSchema } from '../models/speed.ts';
import { type Check, fine } from './check.ts';

const forMs = 1000;

/** The network alone, with the demo model. That it can be used at all is another check's matter. */
export const inferenceSpeed: Check = {
  name: 'inference speed',
  async look(context) {
    try {
      const input = { model: demoModelFolder(), forMs };
      const { engine, imagesPerSecond, threads } = await stageInWorker(context, 'speed', input, speedSchema);
      return fine(`${imagesPerSecond.toFixed(0)} images a second (${engine}, ${threads} threads, demo model)`);
    } catch (error) {
      if (hasCode(error, 'cancelled/by-user')) throw error;
      return fine('not measured: the demo model gives no answer');
    }
  },
};
