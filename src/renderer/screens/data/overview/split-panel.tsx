import { Scissors, ShieldAlert, ShieldCheck } from 'lucide-react';
import { call, type Dataset, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Badge } from '../../../components/feedback/badge.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { href } from '../../../stores/route.ts';
import type { Split } from '../types.ts';
import { SplitTable } from './split-table.tsx';
import { leakSentence, strategyMeaning, strategyTitle } from './split-words.ts';
import { partWarnings } from './warnings.ts';

interface SplitPanelProps {
  readonly split: Dataset['split'];
  readonly classes: readonly string[];
  /** A job already works on the dataset. */
  readonly busy: boolean;
}

/** How the patient groups are divided, and whether any stands on both sides. */
export function SplitPanel({ split, classes, busy }: SplitPanelProps) {
  const make = useAction(() => call('dataset/split', {}));
  const isDue = split === null || split.stale;
  return (
    <Panel
      title="Split"
      subtitle={split === null ? 'none yet' : strategyTitle(split.strategy)}
      actions={
        isDue ? (
          <Button icon={Scissors} busy={make.busy} disabled={busy} onClick={() => void make.run()}>
            Make the split
          </Button>
        ) : (
          <Badge tone="good">Up to date</Badge>
        )
      }
    >
      <div className="h-data-split">
        {make.error === undefined ? null : <ErrorNotice error={make.error} compact />}
        {split === null ? (
          <p className="h-soft h-prose">
            A split decides which patient groups the network learns from and which ones measure it. Training makes it by
            itself; make it now to see it beforehand. Strategy and shares are on the{' '}
            <a href={href('/train')}>Train screen</a>.
          </p>
        ) : (
          <Made split={split} classes={classes} />
        )}
      </div>
    </Panel>
  );
}

function Made({ split, classes }: { readonly split: Split; readonly classes: readonly string[] }) {
  const leaks = split.leakingGroups > 0;
  const Icon = leaks ? ShieldAlert : ShieldCheck;
  return (
    <>
      <p className={leaks ? 'h-data-leak' : 'h-data-sound'} role={leaks ? 'alert' : undefined}>
        <Icon size={16} aria-hidden="true" />
        <span>{leakSentence(split)}</span>
      </p>
      {split.stale ? (
        <p>
          <Badge tone="caution">Out of date</Badge> Dataset or parameters changed since it was made. The next run makes
          it anew, or you do now.
        </p>
      ) : null}
      <p className="h-soft">{strategyMeaning(split.strategy)}</p>
      {partWarnings(split, classes).map((warning) => (
        <p key={warning} className="h-data-warning">
          {warning}
        </p>
      ))}
      <SplitTable split={split} classes={classes} />
    </>
  );
}
