import { useCall } from '../../../api.ts';
import { Answer } from '../../../components/feedback/answer.tsx';
import { LeakPanel } from './leak-panel.tsx';
import { LooksPanel } from './looks-panel.tsx';
import { ShortcutsPanel } from './shortcuts-panel.tsx';
import { ValidationPanel } from './validation-panel.tsx';
import './honesty.css';

const changes: ReadonlySet<string> = new Set(['findings', 'runs', 'dataset', 'params', 'workspace']);

/** How far this dataset, and figures measured on it, can be trusted. */
export function HonestyTab() {
  const answer = useCall(
    'honesty/get',
    {},
    { refreshOn: (push) => push.topic === 'changed' && changes.has(push.what) },
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="h-honest" aria-label="Honesty" tabIndex={0}>
      <Answer of={answer} rows={10} title="The examinations could not be read">
        {({ leak, shortcuts, validation, shuffled, protocol, testSet }) => (
          <>
            <LeakPanel leak={leak} />
            <ValidationPanel {...{ validation, shuffled, protocol }} />
            <ShortcutsPanel shortcuts={shortcuts} />
            <LooksPanel testSet={testSet} />
            <p className="h-faint">Research use only. Not for diagnosis.</p>
          </>
        )}
      </Answer>
    </section>
  );
}
