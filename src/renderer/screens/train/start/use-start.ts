import type { Params } from '../../../../pipeline/domain/params.ts';
import { call, useAction } from '../../../api.ts';
import { withStarted } from '../form/form-state.ts';
import { changeForm } from '../form/form-store.ts';
import { valuesOf } from '../form/values.ts';

/** Queues one run. */
export function useStart() {
  return useAction(async ({ name, params }: { readonly name: string; readonly params: Params }, allowLeak: boolean) => {
    await call('training/start', { params, name, allowLeak });
    changeForm((state) => withStarted(state, valuesOf(params)));
  });
}
