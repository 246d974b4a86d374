import { FileText, Swords } from 'lucide-react';
import { useState } from 'react';
import { call, type Output, receiveFile, useAction, useCall } from '../../../../api.ts';
import { Button } from '../../../../components/controls/button.tsx';
import { Segmented } from '../../../../components/controls/segmented.tsx';
import { EmptyState } from '../../../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../../../components/feedback/error-notice.tsx';
import { Loading } from '../../../../components/feedback/loading.tsx';
import { SplitPane } from '../../../../components/layout/split-pane.tsx';
import { Toolbar } from '../../../../components/layout/toolbar.tsx';
import { formatCount, plural } from '../../../../format/numbers.ts';
import { notify, notifyError } from '../../../../stores/notices.ts';
import { type Level, levels } from '../../one/class-table.tsx';
import { Warnings } from '../../warnings.tsx';
import type { Side } from '../sides.ts';
import { DuelCases } from './duel-cases.tsx';
import { DuelFigures } from './duel-figures.tsx';
import { DuelImage } from './duel-image.tsx';
import { type DuelList, duelLists } from './lists.ts';
import './duel.css';

type Duel = Output<'duels/get'>;

/** Two runs on the same images: what the second has right that the baseline has wrong, and the other way round. */
export function DuelTab({ sides }: { readonly sides: readonly Side[] }) {
  const [a, b] = sides;
  if (a === undefined || b === undefined || sides.length > 2) {
    return (
      <EmptyState
        icon={Swords}
        title="A duel is between two runs"
        text="Take the others out of the comparison. The baseline is A, the other run B."
      />
    );
  }
  return <Duel key={`${a.run.id} ${b.run.id}`} a={a} b={b} />;
}

function Duel({ a, b }: { readonly a: Side; readonly b: Side }) {
  const answer = useCall('duels/get', { a: a.run.id, b: b.run.id });
  if (answer.error !== undefined) {
    return <ErrorNotice error={answer.error} title="These two cannot be compared" onRetry={answer.reload} />;
  }
  if (answer.value === undefined) return <Loading label="Comparing image by image" rows={10} />;
  return <Fought recorded={answer.value} />;
}

function Fought({ recorded }: { readonly recorded: Duel }) {
  const { duel, warnings } = recorded;
  const [level, setLevel] = useState<Level>('scan');
  const [list, setList] = useState<DuelList>('broken');
  const [index, setIndex] = useState(0);
  const found = duel[level];
  const { rows, total } = found[list];
  const chosen = rows[Math.min(index, rows.length - 1)];
  const show = (next: () => void): void => {
    next();
    setIndex(0);
  };
  return (
    <section className="h-duel" aria-label="Duel">
      <Warnings warnings={warnings} />
      <Result recorded={recorded} />
      <DuelFigures found={found} level={level} />
      <Toolbar
        label="Which cases are shown"
        end={
          <span className="h-faint">
            {total > rows.length ? `The first ${formatCount(rows.length)} of ${formatCount(total)}` : null}
          </span>
        }
      >
        <Segmented label="Count" options={levels} value={level} onChange={(next) => show(() => setLevel(next))} />
        <Segmented
          label="Cases"
          options={duelLists.map(({ value, label }) => ({ value, label, count: found[value].total }))}
          value={list}
          onChange={(next) => show(() => setList(next))}
        />
      </Toolbar>
      <SplitPane
        id="runs-duel"
        label="Width of the list"
        initial={46}
        minFirst={30}
        minSecond={30}
        first={<DuelCases {...{ rows, list, index }} classes={duel.classes} onSelect={setIndex} />}
        second={<DuelImage row={chosen} level={level} />}
      />
    </section>
  );
}

function Result({ recorded: { duel, sentence, a, b, ids } }: { readonly recorded: Duel }) {
  const { images, scans, groups } = duel.compared;
  const leftOut = duel.left_out.map(({ what, images: count }) => `${what.toLowerCase()}: ${formatCount(count)}`);
  const making = useAction(async () => {
    try {
      const text = await receiveFile(await call('duels/export', ids));
      if (text !== null) notify({ text, kind: 'good' });
    } catch (error) {
      notifyError(error);
    }
  });
  return (
    <header className="h-duel-result">
      <div>
        <p>
          <strong>{sentence}</strong>
        </p>
        <p className="h-soft">
          A is {a}, B is {b}: {plural(images, 'image')} of {plural(scans, 'scan')} of {plural(groups, 'patient group')}
          {leftOut.length === 0 ? '.' : `; left out, ${leftOut.join('; ')}.`} Research use only. Not for diagnosis.
        </p>
      </div>
      <Button icon={FileText} busy={making.busy} onClick={() => void making.run()}>
        Export duel
      </Button>
    </header>
  );
}
