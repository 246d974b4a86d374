import { Boxes } from 'lucide-react';
import type { Run } from '../../../api.ts';
import { LinkButton } from '../../../components/controls/button.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatBytes, plural } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';

/** Files that the run made. */
export function ArtefactsPanel({ run: { artefacts, model } }: { readonly run: Run }) {
  const total = artefacts.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <Panel
      title="Artefacts"
      subtitle={artefacts.length === 0 ? undefined : `${plural(artefacts.length, 'file')}, ${formatBytes(total)}`}
      padded={artefacts.length === 0}
      actions={
        model === null ? undefined : (
          <LinkButton kind="quiet" icon={Boxes} href={href(pathOf('models', [model]))}>
            Its model
          </LinkButton>
        )
      }
    >
      {artefacts.length === 0 ? (
        <p className="h-soft">It made no file.</p>
      ) : (
        <table className="h-run-tree" aria-label="Artefacts">
          <tbody>
            {artefacts.map(({ path, bytes }) => (
              <tr key={path}>
                <th scope="row" className="h-mono h-wrap" style={{ '--depth': 0 }}>
                  {path}
                </th>
                <td className="h-run-bytes h-num">{formatBytes(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
