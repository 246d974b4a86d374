import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { classes } from '../../../components/class-names.ts';
import { formatCount } from '../../../format/numbers.ts';
import { type TreeRow, treeRows } from './tree-rows.ts';

interface TreeTableProps {
  readonly label: string;
  readonly tree: Readonly<Record<string, unknown>>;
}

/** Names and values; branches open and close. */
export function TreeTable({ label, tree }: TreeTableProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const toggle = (path: string): void => {
    const next = new Set(closed);
    if (!next.delete(path)) next.add(path);
    setClosed(next);
  };
  return (
    <table className="h-run-tree" aria-label={label}>
      <tbody>
        {treeRows(tree, closed).map((row) => (
          <tr key={row.path}>
            {row.value === null ? (
              <Branch row={row} isOpen={!closed.has(row.path)} onToggle={() => toggle(row.path)} />
            ) : (
              <>
                <th scope="row" style={{ '--depth': row.depth }}>
                  {wordsOf(row.name)}
                </th>
                <td className={classes('h-wrap h-num', isHash(row.value) && 'h-mono')}>{row.value}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface BranchProps {
  readonly row: TreeRow;
  readonly isOpen: boolean;
  onToggle(): void;
}

function Branch({ row: { name, depth, leaves }, isOpen, onToggle }: BranchProps) {
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <th scope="rowgroup" colSpan={2} style={{ '--depth': depth }}>
      <button type="button" className="h-run-branch" aria-expanded={isOpen} onClick={onToggle}>
        <Icon size={14} aria-hidden="true" />
        {wordsOf(name)}
        {isOpen ? null : <span className="h-faint"> {formatCount(leaves)}</span>}
      </button>
    </th>
  );
}

function isHash(value: string): boolean {
  return /^[0-9a-f]{64}$/.test(value);
}

function wordsOf(name: string): string {
  return name.replaceAll('_', ' ');
}
