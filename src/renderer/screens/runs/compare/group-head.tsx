import type { ReactNode } from 'react';

interface GroupHeadProps {
  readonly columns: number;
  readonly title: string;
  readonly children?: ReactNode;
}

/** A line over several rows; its words stay in sight when the table is scrolled sideways. */
export function GroupHead({ columns, title, children }: GroupHeadProps) {
  return (
    <tr className="h-compare-group">
      <th scope="rowgroup" colSpan={columns}>
        <span className="h-compare-pinned">
          {title} <span className="h-faint">{children}</span>
        </span>
      </th>
    </tr>
  );
}
