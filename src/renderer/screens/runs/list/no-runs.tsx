import { Database, FlaskConical } from 'lucide-react';
import { Button, LinkButton } from '../../../components/controls/button.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { href, pathOf } from '../../../stores/route.ts';

/** Nothing was trained yet. */
export function NoRuns({ onAll }: { onAll(): void }) {
  return (
    <EmptyState
      icon={FlaskConical}
      title="No run yet"
      text="Each training is kept here with its parameters, curves and figures, so that it can be compared and repeated."
      actions={
        <>
          <LinkButton kind="primary" icon={FlaskConical} href={href(pathOf('train'))}>
            Train a model
          </LinkButton>
          <LinkButton icon={Database} href={href(pathOf('data'))}>
            Choose data, or make a demo dataset
          </LinkButton>
          <Button kind="quiet" onClick={onAll}>
            Show single stages
          </Button>
        </>
      }
    />
  );
}
