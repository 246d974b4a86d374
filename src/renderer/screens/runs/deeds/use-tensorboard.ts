import { type Action, call, receiveFile, useAction } from '../../../api.ts';
import { notify, notifyError } from '../../../stores/notices.ts';

/** Curves of runs as a zip of event files, a folder a run. */
export function useTensorboard(): Action<[runs: readonly string[]], void> {
  return useAction(async (runs: readonly string[]) => {
    try {
      const text = await receiveFile(await call('tensorboard/export', { runs: [...runs] }));
      if (text !== null)
        notify({ text: `${text} Unpack it, then open the folder with tensorboard --logdir.`, kind: 'good' });
    } catch (error) {
      notifyError(error);
    }
  });
}
