import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { emptyForm, type FormState } from './form-state.ts';

/** Outlives the screen: a form half filled in is there when one comes back. */
export const formStore = createStore<FormState>(() => emptyForm(''));

export function useFormState(): FormState {
  return useStore(formStore);
}

export function changeForm(change: (state: FormState) => FormState): void {
  formStore.setState(change, true);
}
