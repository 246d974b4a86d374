import { Trash2 } from 'lucide-react';
import { call, type Output, useAction, useCall } from '../../api.ts';
import { IconButton } from '../../components/controls/button.tsx';
import { Answer } from '../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../components/feedback/error-notice.tsx';
import { Panel } from '../../components/layout/panel.tsx';
import { formatBytes, plural } from '../../format/numbers.ts';
import { notify } from '../../stores/notices.ts';

type Cache = Output<'cache/sizes'>['caches'][number];

const titles: Readonly<Record<Cache['kind'], string>> = {
  features: 'Features',
  thumbnails: 'Thumbnails',
  uploads: 'Uploaded files',
  demo: 'Synthetic scans',
};

/** What the workspace keeps on the disk, and what of it can be made again. */
export function Caches() {
  const sizes = useCall('cache/sizes', {});
  return (
    <Panel title="Disk space">
      <Answer of={sizes} rows={4} title="The folder could not be measured">
        {({ folder, records, caches }) => (
          <div className="h-settings-form">
            <div className="h-mono h-soft h-wrap">{folder}</div>
            <table className="h-settings-table">
              <thead>
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">Size</th>
                  <th scope="col">
                    <span className="h-sr">Clear</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                <tr>
                  <th scope="row">
                    Records
                    <div className="h-soft">Runs, batches and reviews; kept until you delete them.</div>
                  </th>
                  <td>{formatBytes(records)}</td>
                  <td />
                </tr>
                {caches.map((cache) => (
                  <CacheRow key={cache.kind} cache={cache} onCleared={sizes.reload} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answer>
    </Panel>
  );
}

function CacheRow({ cache, onCleared }: { readonly cache: Cache; onCleared(): void }) {
  const { kind, bytes, files, what } = cache;
  const clear = useAction(async () => {
    const freed = await call('cache/clear', { kind });
    notify({ text: `${formatBytes(freed.bytes)} freed.`, kind: 'good' });
    onCleared();
  });
  return (
    <tr>
      <th scope="row">
        {titles[kind]}
        <div className="h-soft">{what}</div>
        {clear.error === undefined ? null : <ErrorNotice error={clear.error} compact />}
      </th>
      <td>
        {formatBytes(bytes)}
        <div className="h-faint">{plural(files, 'file')}</div>
      </td>
      <td>
        <IconButton
          label={`Clear: ${titles[kind]}`}
          icon={Trash2}
          disabled={files === 0 || clear.busy}
          onClick={() => void clear.run()}
        />
      </td>
    </tr>
  );
}
