import { KeyRound } from 'lucide-react';
import { notice } from '../../pipeline/domain/outcome.ts';
import { EmptyState } from '../components/feedback/empty-state.tsx';
import './frame.css';

/** The page was opened without the secret part of its address. */
export function NoToken() {
  return (
    <main className="h-alone">
      <EmptyState
        icon={KeyRound}
        title="Open the address that the program printed"
        text={
          <>
            <p>
              Hilum answers only pages that know the token at the end of that address. Copy the whole line from the
              terminal into the address bar.
            </p>
            <p className="h-alone-notice">{notice}</p>
          </>
        }
      />
    </main>
  );
}
