import type { GateCheck } from '../../pipeline/domain/registry.ts';
import { textTable } from '../studies/text-table.ts';

/** Every gate with what was found. */
export function gateTable(checks: readonly GateCheck[]): string {
  const rows = checks.map(({ check, passed, required, reason }) => [wordOf(passed, required), check, reason]);
  return textTable(['', 'check', 'why'], rows);
}

function wordOf(passed: boolean, required: boolean): string {
  if (!required) return 'not asked';
  return passed ? 'pass' : 'FAIL';
}
