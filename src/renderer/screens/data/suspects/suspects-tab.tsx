import { SearchCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { call, type Output, useAction, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Toolbar } from '../../../components/layout/toolbar.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { formatCount, formatPercent } from '../../../format/numbers.ts';
import { useActiveJob } from '../../../stores/jobs.ts';
import { SuspectQueue } from './suspect-queue.tsx';
import './suspects.css';

type Show = 'doubtful' | 'all';
type Answered = Output<'suspects/get'>;

const shows = [
  { value: 'doubtful', label: 'Doubtful' },
  { value: 'all', label: 'Every image' },
] as const;

/** Labels by how much speaks against them, worst first; nothing is changed unless a person says so. */
export function SuspectsTab() {
  const [show, setShow] = useState<Show>('doubtful');
  const answer = useCall(
    'suspects/get',
    { show, offset: 0, limit: 1 },
    {
      refreshOn: (push) =>
        push.topic === 'changed' && (push.what === 'findings' || push.what === 'dataset' || push.what === 'workspace'),
    },
  );
  return (
    <Answer of={answer} rows={8} title="The list could not be read">
      {(value) =>
        value.search === null ? (
          <EmptyState
            icon={SearchCheck}
            title="Labels were not looked through yet"
            text="Every image is judged by models that never saw its patient, and compared with pictures that look like it. It takes a minute or two; no label is changed."
            actions={<Search primary>Look for suspect labels</Search>}
          />
        ) : (
          <section className="h-suspects" aria-label="Suspect labels">
            <Head value={value} search={value.search} show={show} onShow={setShow} />
            {value.total === 0 ? (
              <EmptyState
                icon={SearchCheck}
                title="Nothing is doubtful"
                text="Choose Every image to see the order all the same."
              />
            ) : (
              <SuspectQueue key={`${show} ${value.search.madeAt}`} show={show} classes={value.classes} />
            )}
          </section>
        )
      }
    </Answer>
  );
}

interface HeadProps {
  readonly value: Answered;
  readonly search: NonNullable<Answered['search']>;
  readonly show: Show;
  onShow(show: Show): void;
}

function Head({ value, search, show, onShow }: HeadProps) {
  const { identical, near_duplicates: near, neighbours, likely, agreement, madeAt, stale } = search;
  return (
    <>
      <Toolbar label="Which labels are shown" end={<Search>Look again</Search>}>
        <Segmented label="Show" options={shows} value={show} onChange={onShow} />
        <span className="h-num">
          {formatCount(value.open)} of {formatCount(value.total)} open
        </span>
      </Toolbar>
      <p className="h-soft h-suspects-about">
        {formatCount(identical)} under two classes by equal pixels, {formatCount(near)} by nearly equal ones,{' '}
        {formatCount(neighbours)} unlike their neighbours, {formatCount(likely)} likely wrong by held-out answers, which
        agree with {formatPercent(agreement, 0)} of the labels. {formatDateTime(madeAt)}
        {stale ? '; labels changed since, the order is of before.' : '.'}
      </p>
    </>
  );
}

function Search({ children, primary = false }: { readonly children: ReactNode; readonly primary?: boolean }) {
  const job = useActiveJob(({ kind }) => kind === 'suspects');
  const start = useAction(() => call('suspects/find', {}));
  return (
    <>
      {start.error === undefined ? null : <ErrorNotice error={start.error} compact />}
      <Button
        icon={SearchCheck}
        kind={primary ? 'primary' : 'plain'}
        busy={start.busy || job !== undefined}
        onClick={() => void start.run()}
      >
        {children}
      </Button>
    </>
  );
}
