import { call, useAction } from '../../../api.ts';
import { plural } from '../../../format/numbers.ts';
import { notify } from '../../../stores/notices.ts';
import { withStarted } from '../form/form-state.ts';
import { changeForm } from '../form/form-store.ts';
import { valuesOf } from '../form/values.ts';
import type { Variant } from './variants.ts';

/** Queues runs, one after another; those that were queued before one was refused stay queued. */
export function useStart() {
  return useAction(async (runs: readonly Variant[], allowLeak: boolean) => {
    for (const { name, params } of runs) {
      await call('training/start', { params, name, allowLeak });
      changeForm((state) => withStarted(state, valuesOf(params)));
    }
    if (runs.length > 1) notify({ text: `${plural(runs.length, 'run')} queued.`, kind: 'good' });
    return runs.length;
  });
}
