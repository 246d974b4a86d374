import { useCallback, useMemo, useState } from 'react';
import { call, usePush } from '../../../api.ts';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { type Step, stepped } from '../../../components/image-view/step.ts';
import { SplitPane } from '../../../components/layout/split-pane.tsx';
import { usePagedRows } from '../../../components/table/use-paged-rows.ts';
import { VirtualTable } from '../../../components/table/virtual-table.tsx';
import { useKeys } from '../../../keys/use-keys.ts';
import { nextOpen } from './next-open.ts';
import { type SuspectRow, suspectColumns } from './suspect-columns.tsx';
import { SuspectImage } from './suspect-image.tsx';
import { useDecisions } from './use-decisions.ts';

interface SuspectQueueProps {
  readonly show: 'doubtful' | 'all';
  readonly classes: readonly string[];
}

/** The list and the image beside it; each decision leads to the next open one. */
export function SuspectQueue({ show, classes }: SuspectQueueProps) {
  const {
    total = 0,
    getRow,
    onRange,
    error,
    reload,
  } = usePagedRows<SuspectRow>({
    load: (offset, limit) => call('suspects/get', { show, offset, limit }),
    resetKey: show,
  });
  usePush((push) => {
    if (push.topic === 'changed' && push.what === 'dataset') reload();
  });
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, Math.max(0, total - 1));
  const row = getRow(index);
  const columns = useMemo(() => suspectColumns(classes), [classes]);
  const advance = useCallback((from: number) => setChosen(nextOpen(from, total, getRow)), [total, getRow]);
  const decisions = useDecisions(advance, setChosen);
  const keep = (): void => {
    if (row !== undefined) decisions.keep(row, index);
  };
  const relabel = (name: string): void => {
    if (row === undefined) return;
    if (name === row.classNow) decisions.keep(row, index);
    else decisions.relabel(row, index, name);
  };
  useSuspectKeys({ classes, relabel, keep, undo: decisions.undo });
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />;
  const step = (to: Step): void => setChosen(stepped(index, total, to));
  return (
    <>
      {decisions.error === undefined ? null : <ErrorNotice error={decisions.error} compact />}
      <SplitPane
        id="data-suspects"
        label="Width of the list"
        initial={50}
        minFirst={30}
        minSecond={30}
        first={
          <div className="h-framed">
            <VirtualTable
              label="Suspect labels"
              columns={columns}
              count={total}
              getRow={getRow}
              rowKey={({ image }) => image}
              selectedIndex={total === 0 ? null : index}
              onSelect={setChosen}
              onOpen={keep}
              onRange={onRange}
              rowClass={({ state }) => (state === 'open' ? undefined : 'h-suspects-settled')}
            />
          </div>
        }
        second={
          <SuspectImage
            {...{ row, classes }}
            busy={decisions.busy}
            onStep={step}
            onRelabel={relabel}
            onKeep={keep}
            onUndo={decisions.undo}
          />
        }
      />
    </>
  );
}

const keyedClasses = 9;

interface SuspectKeys {
  readonly classes: readonly string[];
  relabel(name: string): void;
  keep(): void;
  undo(): void;
}

function useSuspectKeys({ classes, relabel, keep, undo }: SuspectKeys): void {
  const group = 'Suspect labels';
  useKeys([
    ...classes.slice(0, keyedClasses).map((name, index) => ({
      keys: String(index + 1),
      title: `Label: ${name}`,
      group,
      run: () => relabel(name),
    })),
    { keys: 'k', title: 'Keep the label', group, run: keep },
    { keys: 'Enter', title: 'Keep the label', group, run: keep },
    { keys: 'u', title: 'Undo the last decision', group, run: undo },
  ]);
}
