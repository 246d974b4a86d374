import { type Trust, trustSchema } from '../../pipeline/domain/trust.ts';
import type { Records } from '../records/index.ts';
import { version } from '../workspace/version.ts';

type Findings = Pick<Records, 'findings'>;

/** What a trust test of this model found last, as the records have it; null when none was made, or by another version of the test. */
export function recordedTrust({ findings }: Findings, seal: string): Trust | null {
  const [newest] = findings.list({ kind: 'trust', subject: seal, limit: 1 });
  return trustSchema.safeParse(newest?.result).data ?? null;
}

/** @throws HilumError `records/…`, `disk/full` */
export function recordTrust({ findings }: Findings, seal: string, trust: Trust): void {
  const settings = { version: trust.version, pictures: trust.pictures };
  findings.add({ kind: 'trust', subject: seal, codeVersion: version, datasetHash: null, settings, result: trust });
}
