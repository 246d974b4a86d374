import type { ReactNode } from 'react';
import type { Answer as CallAnswer } from '../../transport/use-call.ts';
import { ErrorNotice } from './error-notice.tsx';
import { Loading } from './loading.tsx';

interface AnswerProps<T> {
  readonly of: CallAnswer<T>;
  readonly children: (value: T) => ReactNode;
  /** Grey lines while it loads. */
  readonly rows?: number;
  /** What could not be loaded. */
  readonly title?: string;
}

/** What a call answered: grey lines, an error with "try again", or its value. An old value outlives a failed reload. */
export function Answer<T>({ of: { value, error, reload }, children, rows, title }: AnswerProps<T>) {
  return (
    <>
      {error === undefined ? null : (
        <ErrorNotice error={error} onRetry={reload} {...(title === undefined ? {} : { title })} />
      )}
      {value === undefined ? null : children(value)}
      {value === undefined && error === undefined ? <Loading {...(rows === undefined ? {} : { rows })} /> : null}
    </>
  );
}
