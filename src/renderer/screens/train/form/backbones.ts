import type { BackboneLevels } from './faults.ts';
import { defaultValues, type Values } from './values.ts';

/** The form with another backbone: its feature levels stay where that one has them too. */
export function withBackbone(values: Values, name: string, backbones: readonly BackboneLevels[]): Values {
  return { ...values, 'backbone.name': name, 'backbone.features': levelsFor(values, name, backbones) };
}

function levelsFor(values: Values, name: string, backbones: readonly BackboneLevels[]): unknown {
  const now = values['backbone.features'];
  const offered = backbones.find((each) => each.name === name)?.features;
  if (offered === undefined) return now;
  const kept = Array.isArray(now) ? now.filter((level) => offered.includes(level)) : [];
  if (Array.isArray(now) && kept.length === now.length) return now;
  if (name === defaultValues['backbone.name']) return defaultValues['backbone.features'];
  const [top] = offered;
  return kept.length > 0 || top === undefined ? kept : [top];
}
