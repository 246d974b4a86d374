import { Inbox, Play, Trash2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { type Batch, call, useAction, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { ConfirmDialog } from '../../../components/overlays/dialog.tsx';
import { VirtualTable } from '../../../components/table/virtual-table.tsx';
import { plural } from '../../../format/numbers.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { notify, notifyError } from '../../../stores/notices.ts';
import { navigate, pathOf } from '../../../stores/route.ts';
import { canResume } from '../batch/resume.ts';
import { useAllBatchesPulse } from '../batch/use-batch-pulse.ts';
import { batchColumns } from './batch-columns.tsx';

const none: readonly Batch[] = [];

/** Earlier batches, newest first; the buttons are about the chosen one. */
export function BatchList() {
  const answer = useCall(
    'batches/list',
    {},
    { refreshOn: (push) => push.topic === 'changed' && push.what === 'batches' },
  );
  useAllBatchesPulse(answer.reload);
  const batches = answer.value?.batches ?? none;
  const [chosen, setChosen] = useState<string | null>(null);
  const index = batches.findIndex(({ id }) => id === chosen);
  const batch = batches[index];
  const getRow = useCallback((at: number) => batches[at], [batches]);
  return (
    <Panel
      title="Earlier batches"
      subtitle={batches.length === 0 ? undefined : plural(batches.length, 'batch', 'batches')}
      padded={false}
      fill
      actions={<BatchActions batch={batch} />}
    >
      <Answer of={answer}>
        {() => (
          <VirtualTable
            label="Earlier batches"
            columns={batchColumns}
            count={batches.length}
            getRow={getRow}
            rowKey={({ id }) => id}
            selectedIndex={index < 0 ? null : index}
            onSelect={(at) => setChosen(batches[at]?.id ?? null)}
            onOpen={(at) => openBatch(batches[at])}
            empty={
              <EmptyState
                icon={Inbox}
                title="No batch yet"
                text="Each folder that you classify stays here with its answers and reviews."
              />
            }
          />
        )}
      </Answer>
    </Panel>
  );
}

function openBatch(batch: Batch | undefined): void {
  if (batch !== undefined) navigate(pathOf('classify', [batch.id]));
}

function BatchActions({ batch }: { readonly batch: Batch | undefined }) {
  const [deleting, setDeleting] = useState<Batch | null>(null);
  const resume = useAction(async (id: string) => {
    try {
      await call('batches/resume', { batch: id });
      navigate(pathOf('classify', [id]));
    } catch (error) {
      notifyError(error);
    }
  });
  useKeys([
    {
      keys: 'Delete',
      title: 'Delete the chosen batch',
      group: 'Batches',
      enabled: batch !== undefined && batch.outcome !== 'running',
      run: () => setDeleting(batch ?? null),
    },
  ]);
  return (
    <>
      {batch !== undefined && canResume(batch) ? (
        <Button icon={Play} busy={resume.busy} disabled={!batch.sourceThere} onClick={() => void resume.run(batch.id)}>
          Resume
        </Button>
      ) : null}
      <Button
        kind="quiet"
        icon={Trash2}
        keyHint="Delete"
        disabled={batch === undefined || batch.outcome === 'running'}
        onClick={() => setDeleting(batch ?? null)}
      >
        Delete
      </Button>
      <Button keyHint="Enter" disabled={batch === undefined} onClick={() => openBatch(batch)}>
        Open
      </Button>
      <ConfirmDialog
        open={deleting !== null}
        onClose={() => setDeleting(null)}
        title="Delete this batch?"
        text={deleting === null ? '' : lossOf(deleting)}
        confirmLabel="Delete batch"
        danger
        onConfirm={async () => {
          if (deleting === null) return;
          await call('batches/delete', { batch: deleting.id });
          notify({ text: `The batch “${deleting.title}” was deleted.` });
        }}
      />
    </>
  );
}

function lossOf({ title, states, reviewed }: Batch): string {
  const images = plural(states.answered + states.review + states.refused, 'image');
  return `“${title}”: the rows of ${images} and ${plural(reviewed, 'review')} leave the records and cannot be brought back. The scans themselves stay where they are.`;
}
