import type { Field } from './fields.ts';
import { defaultValues, differing, isSame, type Values } from './values.ts';

/** params.yaml at some time. */
export interface Saved {
  readonly values: Values;
  readonly version: string;
}

export interface FormState {
  /** Folder of the workspace that the form is about. */
  readonly workspace: string;
  /** params.yaml as the form started from it; undefined before it was read. */
  readonly base: Saved | undefined;
  readonly values: Values;
  /** params.yaml as somebody else wrote it while the form was being changed. */
  readonly theirs: Saved | undefined;
  /** What was started from here: params.yaml takes it when the turn of that run comes. */
  readonly started: readonly Values[];
  /** What was typed as the name of the next run; null: the proposal stands. */
  readonly name: string | null;
}

export function emptyForm(workspace: string): FormState {
  return { workspace, base: undefined, values: defaultValues, theirs: undefined, started: [], name: null };
}

const mostStarted = 200;

/** params.yaml was read: a form without changes follows it, a changed one asks. */
export function withLoaded(state: FormState, saved: Saved): FormState {
  const { base, values, started } = state;
  if (base === undefined) return { ...state, base: saved, values: saved.values };
  if (saved.version === base.version) return { ...state, theirs: undefined };
  if (isSame(values, base.values)) return { ...state, base: saved, values: saved.values, theirs: undefined };
  const isOurs = isSame(values, saved.values) || started.some((each) => isSame(each, saved.values));
  return isOurs ? { ...state, base: saved, theirs: undefined } : { ...state, theirs: saved };
}

export function withTheirs(state: FormState): FormState {
  const { theirs } = state;
  return theirs === undefined ? state : { ...state, base: theirs, values: theirs.values, theirs: undefined };
}

export function withMine(state: FormState): FormState {
  return { ...state, base: state.theirs ?? state.base, theirs: undefined };
}

/** `values` were written to params.yaml, which has that version now. */
export function withSaved(state: FormState, saved: Saved): FormState {
  return { ...state, base: saved, theirs: undefined };
}

export function withStarted(state: FormState, values: Values): FormState {
  return { ...state, started: [...state.started, values].slice(-mostStarted), name: null };
}

/** What would be lost with the form: neither in params.yaml nor on its way there. */
export function unsaved({ base, values, started }: FormState): readonly Field[] {
  if (base === undefined || started.some((each) => isSame(each, values))) return [];
  return differing(values, base.values);
}
