import type { ErrorCode } from '../../domain/error-table.ts';
import type { Facts } from '../../domain/errors.ts';
import { classOf, type Label } from '../../files/index.ts';
import { type FileFacts, isReadable, type ReadableFacts } from './file-facts.ts';

/** A readable file whose class is known. */
export interface Candidate {
  readonly file: string;
  readonly class: string;
  readonly facts: ReadableFacts;
}

export interface Refusal {
  readonly file: string;
  readonly code: ErrorCode;
  readonly facts: Facts;
}

/** Splits what was seen into files that can join the dataset and files that are refused with a reason. */
export function candidatesOf(
  seen: readonly { readonly file: string; readonly facts: FileFacts }[],
  classes: readonly string[] | undefined,
  labels: ReadonlyMap<string, Label> | undefined,
): { candidates: Candidate[]; refusals: Refusal[] } {
  const candidates: Candidate[] = [];
  const refusals: Refusal[] = [];
  for (const { file, facts } of seen) {
    if (!isReadable(facts)) {
      refusals.push({ file, code: facts.code, facts: facts.facts });
      continue;
    }
    const answer = classOf(file, { classes, labels });
    if ('refused' in answer) refusals.push({ file, code: answer.refused, facts: answer.facts });
    else candidates.push({ file, class: answer.class, facts });
  }
  return { candidates, refusals };
}
