import { useCallback, useEffect, useRef, useState } from 'react';
import { type UploadFile, upload } from '../../api.ts';
import { useApp } from '../../stores/app.ts';
import { notify, notifyError } from '../../stores/notices.ts';
import { filesOf } from './walk-entries.ts';

export interface Sending {
  readonly doneBytes: number;
  readonly totalBytes: number;
  cancel(): void;
}

/**
 * Turns what the user gave into a folder that the core can read: in the app its path, in a browser an upload.
 * `sending`: the upload under way.
 */
export function useDropped(onFolder: (path: string) => void) {
  const { canUpload } = useApp();
  const [sending, setSending] = useState<Sending | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const send = useCallback(
    async (files: readonly UploadFile[]): Promise<void> => {
      if (files.length === 0) return void notify({ text: 'There are no files in what was given.', kind: 'problem' });
      const controller = new AbortController();
      abort.current = controller;
      const cancel = (): void => controller.abort();
      try {
        const path = await upload(
          files,
          (doneBytes, totalBytes) => setSending({ doneBytes, totalBytes, cancel }),
          controller.signal,
        );
        onFolder(path);
      } catch (error) {
        if (!controller.signal.aborted) notifyError(error);
      } finally {
        setSending(null);
      }
    },
    [onFolder],
  );

  const drop = useCallback(
    async (data: DataTransfer): Promise<void> => {
      const bridge = window.hilum;
      try {
        if (bridge !== undefined) takeOne(await bridge.dropped([...data.files]), onFolder);
        else if (canUpload) await send(await filesOf(data.items));
        else notify({ text: 'Files cannot be sent to this server. Choose a folder instead.', kind: 'problem' });
      } catch (error) {
        notifyError(error);
      }
    },
    [canUpload, onFolder, send],
  );
  return { sending, send, drop };
}

function takeOne(paths: readonly string[], onFolder: (path: string) => void): void {
  const [path] = paths;
  if (path !== undefined && paths.length === 1) onFolder(path);
  else notify({ text: 'Drop one folder or one file at a time.', kind: 'problem' });
}
