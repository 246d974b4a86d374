import type { Output } from '../../api.ts';
import { Panel } from '../../components/layout/panel.tsx';
import { formatBytes } from '../../format/numbers.ts';

interface ModelFilesProps {
  readonly files: Output<'models/get'>['files'];
  /** Root hash. */
  readonly seal: string;
}

/** The hash tree: what the seal covers. */
export function ModelFiles({ files, seal }: ModelFilesProps) {
  return (
    <Panel title="Files" subtitle={<span className="h-mono">seal {seal}</span>} padded={false}>
      <table className="h-models-table h-models-files">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Size</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ name, bytes, sha256 }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{formatBytes(bytes)}</td>
              <td className="h-mono h-cut" title={sha256}>
                {sha256}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
