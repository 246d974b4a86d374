import type { WorkContext } from '../jobs/work-context.ts';

/** What one look at the machine found. */
export interface Finding {
  readonly ok: boolean;
  /** Versions, sizes or what is missing. */
  readonly found: string;
  /** Command or sentence that mends it; empty when there is nothing to mend. */
  readonly mend: string;
}

/** What a look needs: workers, and the folder whose disk is measured. */
export interface DoctorContext extends WorkContext {
  readonly cwd: string;
  /** A Node to try native modules in; undefined where this program is no Node that takes scripts (the app). */
  readonly node: string | undefined;
}

/** One thing that doctor looks at. */
export interface Check {
  readonly name: string;
  /** What does not work without it; undefined for mere facts. */
  readonly neededFor?: string;
  look(context: DoctorContext): Promise<Finding>;
}

export const fine = (found: string): Finding => ({ ok: true, found, mend: '' });
export const wrong = (found: string, mend: string): Finding => ({ ok: false, found, mend });
