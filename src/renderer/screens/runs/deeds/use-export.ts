import { type Action, call, receiveFile, useAction } from '../../../api.ts';
import { notify, notifyError } from '../../../stores/notices.ts';

/** One page of HTML about a run, or about several side by side. */
export function useExport(): Action<[runs: readonly string[]], void> {
  return useAction(async (runs: readonly string[]) => {
    try {
      const text = await receiveFile(await call('runs/export', { runs: [...runs] }));
      if (text !== null) notify({ text, kind: 'good' });
    } catch (error) {
      notifyError(error);
    }
  });
}
