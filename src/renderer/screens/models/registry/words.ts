import type { Deed, ModelAlias } from '../../../../pipeline/domain/registry.ts';

export const aliasWords: Readonly<Record<ModelAlias, string>> = { champion: 'Champion', challenger: 'Challenger' };

export const deedWords: Readonly<Record<Deed, string>> = {
  promote: 'promoted',
  rollback: 'rolled back',
  clear: 'taken off',
};

export const versionWord = (version: number | null): string => (version === null ? 'none' : `v${version}`);
