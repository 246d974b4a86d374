import { LockKeyhole } from 'lucide-react';
import { testSetText } from '../../../../pipeline/domain/test-set.ts';
import type { Run } from '../../../api.ts';
import { href, pathOf } from '../../../stores/route.ts';

/** How worn the test set was when these figures were measured on it. */
export function TestSetNote({ run: { metrics } }: { readonly run: Run }) {
  if (metrics?.test_set === undefined) return null;
  return (
    <p className="h-run-test-set">
      <LockKeyhole size={14} aria-hidden="true" />
      <span>
        {testSetText(metrics.test_set)} <a href={href(pathOf('data', ['honesty']))}>All looks</a>
      </span>
    </p>
  );
}
