import type { Run } from '../records/runs.ts';

/** What a run was made of, one entry a value: `params.training.epochs`, `split_hash`, `environment.node`. */
export function factsOf(run: Run): Map<string, unknown> {
  return new Map<string, unknown>([
    ['kind', run.kind],
    ['outcome', run.outcome],
    ['leaky', run.leaky],
    ['dataset_hash', run.datasetHash],
    ['split_hash', run.splitHash],
    ['contract_hash', run.contractHash],
    ['backbone_hash', run.backboneHash],
    ['code_version', run.codeVersion],
    ['data_version', run.dataVersion],
    ...flattened('params', run.params),
    ...flattened('environment', run.environment),
  ]);
}

/** One entry a leaf: `training.epochs` below the prefix. */
export function flattened(prefix: string, value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[prefix, value]];
  return Object.entries(value).flatMap(([key, inner]) => flattened(`${prefix}.${key}`, inner));
}

/** A value in one cell; hashes are shortened. */
export function factText(key: string, value: unknown): string {
  if (value === undefined || value === null) return '-';
  if (typeof value !== 'string') return JSON.stringify(value);
  return key.endsWith('_hash') ? shortHash(value) : value;
}

/** The first 12 digits tell any two apart that a person will ever meet. */
export function shortHash(hash: string): string;
export function shortHash(hash: string | null): string | null;
export function shortHash(hash: string | null): string | null {
  return hash === null ? null : hash.slice(0, 12);
}
