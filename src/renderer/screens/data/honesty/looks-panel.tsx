import { LockKeyhole } from 'lucide-react';
import type { Honesty } from '../../../api.ts';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { shortHash } from '../../../format/hash.ts';
import { formatCount, plural } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';

type TestSet = Honesty['testSet'];

/** How often the locked test set was opened: each look that a choice follows wears it out. */
export function LooksPanel({ testSet: { now, total, looks } }: { readonly testSet: TestSet }) {
  return (
    <Panel title="Locked test set" subtitle={plural(total, 'look')} padded={looks.length === 0}>
      <div className="h-honest-looks">
        <p className={looks.length === 0 ? 'h-soft' : 'h-data-note'}>{stateOf(now)}</p>
        {looks.length === 0 ? null : <LooksTable looks={looks} total={total} now={now?.hash ?? null} />}
      </div>
    </Panel>
  );
}

function stateOf(now: TestSet['now']): string {
  if (now === null) return 'The split in use has no test part: there is nothing to lock. Cross-validation opens none.';
  const opened = now.looks === 0 ? 'was never opened' : `was opened ${now.looks === 1 ? 'once' : `${now.looks} times`}`;
  return `The test part of the split in use (${plural(now.images, 'image')}, ${shortHash(now.hash)}) ${opened}. Every evaluation on it is counted; cross-validation opens none.`;
}

interface LooksTableProps {
  readonly looks: TestSet['looks'];
  readonly total: number;
  /** Hash of the test set in use. */
  readonly now: string | null;
}

function LooksTable({ looks, total, now }: LooksTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="h-honest-scroll" aria-label="Looks at test sets" tabIndex={0}>
      <table className="h-honest-table">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Test set</th>
            <th scope="col">Look</th>
            <th scope="col">Model</th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {looks.map(({ at, testSet, before, run, modelRun, by }) => (
            <tr key={run}>
              <td className="h-num">{formatDateTime(at)}</td>
              <td className="h-mono">
                {shortHash(testSet)}
                {testSet === now ? (
                  <>
                    {' '}
                    <LockKeyhole size={12} role="img" aria-label="in use" />
                  </>
                ) : null}
              </td>
              <td className="h-num">{formatCount(before + 1)}</td>
              <td>
                <a href={href(pathOf('runs', [modelRun ?? run]))}>{modelRun ?? run}</a>
              </td>
              <td>{by === '' ? '–' : by}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > looks.length ? <p className="h-faint">The newest {formatCount(looks.length)} are listed.</p> : null}
    </section>
  );
}
