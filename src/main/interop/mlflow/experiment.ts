import type { TrackingApi } from './api.ts';
import { isRefusal } from './failures.ts';

const known = new WeakMap<TrackingApi, Map<string, Promise<string>>>();

/** Id of the experiment of this name, which is made where there is none. Asked once for each connection. @throws HilumError `tracking/…` */
export function experimentId(api: TrackingApi, name: string): Promise<string> {
  const ids = known.get(api) ?? new Map<string, Promise<string>>();
  known.set(api, ids);
  const asked = ids.get(name) ?? findOrCreate(api, name);
  ids.set(name, asked);
  // A failure is asked again.
  asked.catch(() => ids.delete(name));
  return asked;
}

async function findOrCreate(api: TrackingApi, name: string): Promise<string> {
  const found = await api.experimentNamed(name);
  if (found !== undefined) return found.experiment_id;
  try {
    return await api.createExperiment(name);
  } catch (error) {
    // Somebody else made it in between.
    if (!isRefusal(error, 'RESOURCE_ALREADY_EXISTS')) throw error;
    const made = await api.experimentNamed(name);
    if (made === undefined) throw error;
    return made.experiment_id;
  }
}
