import { call } from '../../../api.ts';
import { ConfirmDialog } from '../../../components/overlays/dialog.tsx';
import { plural } from '../../../format/numbers.ts';
import { notify } from '../../../stores/notices.ts';
import type { Version } from './change-words.ts';

interface RestoreDialogProps {
  readonly version: Version;
  onClose(): void;
}

/** Says what a restore changes before it is done. */
export function RestoreDialog({ version, onClose }: RestoreDialogProps) {
  const { version: number, counts, stale, inCache } = version;
  const restore = async (): Promise<void> => {
    const done = await call('data/checkout', { version: number });
    const { missing, changed } = done.source;
    const lost = missing + changed;
    notify({
      kind: lost > 0 ? 'problem' : 'good',
      text: [
        done.version === null ? `The dataset was version ${number} already.` : `Version ${number} is restored.`,
        lost > 0
          ? `${plural(lost, 'image')} of it ${lost === 1 ? 'is' : 'are'} missing in the source or changed there.`
          : '',
      ]
        .filter((part) => part !== '')
        .join(' '),
    });
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Restore version ${number}?`}
      text={[
        `Classes, scans and groups of ${plural(counts.images, 'image')} are put back as they were. What is there now is kept as a version of its own.`,
        stale.length === 0
          ? 'No stage was run with another dataset.'
          : `Run with another dataset, and stale from then on: ${stale.join(', ')}.`,
        'The images themselves are not versioned; it is checked that the source still has them.',
        inCache ? '' : 'It is not in the cache: pull from the remote first.',
      ]
        .filter((part) => part !== '')
        .join(' ')}
      confirmLabel="Restore"
      onConfirm={restore}
    />
  );
}
