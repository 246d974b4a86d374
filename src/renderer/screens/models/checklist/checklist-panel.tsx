import { FileText } from 'lucide-react';
import { useState } from 'react';
import { call, type Output, receiveFile, useAction, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { notify, notifyError } from '../../../stores/notices.ts';
import './checklist.css';

type Item = Output<'cards/get'>['items'][number];
const states = ['missing', 'filled', 'not applicable'] as const satisfies readonly Item['state'][];
const stateTitles = { missing: 'Missing', filled: 'Filled', 'not applicable': 'Not about a model' } as const;

/** What CLAIM and TRIPOD+AI ask of a model: what is known, and what only people can add. */
export function ChecklistPanel({ model }: { readonly model: string }) {
  const answer = useCall(
    'cards/get',
    { model },
    {
      refreshOn: (push) =>
        push.topic === 'changed' && (push.what === 'findings' || push.what === 'runs' || push.what === 'workspace'),
    },
  );
  const making = useAction(async () => {
    try {
      const text = await receiveFile(await call('cards/export', { model }));
      if (text !== null) notify({ text, kind: 'good' });
    } catch (error) {
      notifyError(error);
    }
  });
  return (
    <Panel
      title="Reporting checklists"
      subtitle="CLAIM 2024 and TRIPOD+AI, as far as they concern a model"
      actions={
        <Button icon={FileText} busy={making.busy} onClick={() => void making.run()}>
          Export card
        </Button>
      }
    >
      <Answer of={answer} rows={5} title="The card could not be put together">
        {({ items }) => <Items items={items} />}
      </Answer>
    </Panel>
  );
}

function Items({ items }: { readonly items: readonly Item[] }) {
  const [state, setState] = useState<Item['state']>('missing');
  const shown = items.filter((item) => item.state === state);
  const options = states.map((value) => ({
    value,
    label: stateTitles[value],
    count: items.filter((item) => item.state === value).length,
  }));
  return (
    <div className="h-checklist">
      <Segmented<Item['state']> label="Items" options={options} value={state} onChange={setState} />
      {shown.length === 0 ? <p className="h-soft">None.</p> : null}
      <dl className="h-checklist-items">
        {shown.map(({ id, title, text }) => (
          <div key={id}>
            <dt>
              <span className="h-faint h-num">{id}</span> {title}
            </dt>
            <dd className="h-wrap">{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
