import { useEffect, useState } from 'react';
import './feedback.css';

interface LoadingProps {
  readonly label?: string;
  /** Grey lines. */
  readonly rows?: number;
}

const patienceMs = 150;

/** Grey lines where content will be; nothing at all for short waits, so that quick answers do not flicker. */
export function Loading({ label = 'Loading', rows = 4 }: LoadingProps) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), patienceMs);
    return () => window.clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className="h-loading" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="h-skeleton" style={{ width: `${90 - ((row * 17) % 45)}%` }} />
      ))}
    </div>
  );
}
