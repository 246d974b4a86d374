import { KeyHint } from '../../components/layout/key-hint.tsx';
import { Panel } from '../../components/layout/panel.tsx';

/** Keys that hold on every screen; each screen's own are on the sheet that `?` opens there. */
const everywhere = [
  { keys: '?', title: 'All keys of the screen that is open' },
  { keys: '$mod+k', title: 'Find a command by its name' },
  { keys: 'g c', title: 'Go to Classify; d Data, t Train, r Runs, m Models, s Settings' },
] as const;

export function Keys() {
  return (
    <Panel title="Keys">
      <table className="h-settings-table">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Does</th>
          </tr>
        </thead>
        <tbody>
          {everywhere.map(({ keys, title }) => (
            <tr key={keys}>
              <th scope="row">
                <KeyHint keys={keys} />
              </th>
              <td>{title}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
