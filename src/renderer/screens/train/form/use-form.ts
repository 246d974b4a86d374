import { useEffect, useMemo } from 'react';
import { call, useAction, useCall } from '../../../api.ts';
import { useApp } from '../../../stores/app.ts';
import { notify } from '../../../stores/notices.ts';
import type { Backbones } from './controls/control.ts';
import { check } from './faults.ts';
import { emptyForm, unsaved, withLoaded, withSaved } from './form-state.ts';
import { changeForm, useFormState } from './form-store.ts';
import { type Values, valuesOf } from './values.ts';

const noBackbones: Backbones = [];

/** The form of params.yaml: what stands in it, whether it is right, and whether the file is another one by now. */
export function useForm() {
  const { workspace } = useApp();
  const stored = useFormState();
  const answer = useCall(
    'params/get',
    {},
    { refreshOn: (push) => push.topic === 'changed' && (push.what === 'params' || push.what === 'workspace') },
  );
  const { value: loaded } = answer;
  useEffect(() => {
    if (loaded === undefined) return;
    const saved = { values: valuesOf(loaded.params), version: loaded.version };
    changeForm((state) => withLoaded(state.workspace === workspace.root ? state : emptyForm(workspace.root), saved));
  }, [loaded, workspace.root]);
  const backbones = loaded?.backbones ?? noBackbones;
  const { values } = stored;
  const checked = useMemo(() => check(values, backbones), [values, backbones]);
  return {
    answer,
    /** The values are those of this workspace's params.yaml, or of the user. */
    ready: stored.base !== undefined && stored.workspace === workspace.root && loaded !== undefined,
    state: stored,
    values,
    ...checked,
    backbones,
    unsaved: useMemo(() => unsaved(stored), [stored]),
    setValues,
  };
}
export type Form = ReturnType<typeof useForm>;

function setValues(values: Values): void {
  changeForm((state) => ({ ...state, values }));
}

/** Writes the form to params.yaml, unless somebody else has done so meanwhile. */
export function useSaving({ params, state, values, answer }: Form) {
  const { reload } = answer;
  return useAction(async () => {
    if (params === undefined || state.base === undefined) return;
    try {
      const { version } = await call('params/save', { params, version: state.base.version });
      changeForm((now) => withSaved(now, { values, version }));
      notify({ text: 'Saved to params.yaml.', kind: 'good' });
    } catch (error) {
      // Somebody else wrote it: what it says now shows where the two differ.
      reload();
      throw error;
    }
  });
}
