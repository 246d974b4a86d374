import { type Verification, verifiedItemTitles } from '../../../pipeline/domain/verification.ts';
import { findRun } from '../../studies/run-record.ts';
import { textTable } from '../../studies/text-table.ts';
import { verifyRun } from '../../studies/verify-run/verify.ts';
import { type CliContext, printResult } from '../context.ts';
import { withStudy } from '../study.ts';

/** Trains a run again and says item by item whether it came out the same. @returns 0 equal, 4 different */
export function verifyAloud(context: CliContext, workspace: string | undefined, written: string): Promise<number> {
  return withStudy(context, workspace, async (study) => {
    const { id } = findRun(study.records, written);
    const result = await verifyRun(study, context, id);
    printResult(context, result, describe(result));
    return result.equal ? 0 : 4;
  });
}

const words = { equal: 'equal', different: 'DIFFERENT', 'not-compared': 'not compared' } as const;

function describe({ run, equal, items, environment }: Verification): string {
  const rows = items.map(({ item, state, what }) => [verifiedItemTitles[item], words[state], what ?? '']);
  const lines = [textTable(['what', 'state', ''], rows), ''];
  if (environment.length > 0) {
    const changed = environment.map(({ key, recorded, now }) => [key, recorded ?? '-', now ?? '-']);
    lines.push('Another machine or program than then:', textTable(['what', 'then', 'now'], changed), '');
  }
  lines.push(equal ? `Run ${run} was trained again: equal.` : `Run ${run} was trained again: it is DIFFERENT.`);
  return lines.join('\n');
}
