import { TriangleAlert } from 'lucide-react';

/** What must be known before the figures are read, loud. */
export function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className="h-runs-warnings" aria-label="Warnings">
      {warnings.map((warning) => (
        <li key={warning}>
          <TriangleAlert size={16} aria-hidden="true" />
          <span>{warning}</span>
        </li>
      ))}
    </ul>
  );
}
