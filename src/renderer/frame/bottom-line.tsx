import { notice } from '../../pipeline/domain/outcome.ts';
import { useConnection } from '../api.ts';
import { useApp } from '../stores/app.ts';
import './frame.css';

const words = {
  connecting: 'Connecting',
  open: 'Connected',
  lost: 'Connection lost, trying again',
} as const;

/** What must always be in sight. */
export function BottomLine() {
  const connection = useConnection();
  const { version } = useApp();
  return (
    <footer className="h-bottom">
      <strong>{notice}</strong>
      <span className="h-bottom-end">
        <span className={connection === 'lost' ? 'h-bottom-lost' : undefined} role="status">
          {words[connection]}
        </span>
        <span className="h-num">Hilum {version}</span>
      </span>
    </footer>
  );
}
