import { call, useAction } from '../../../api.ts';
import { notify } from '../../../stores/notices.ts';
import { navigate, pathOf } from '../../../stores/route.ts';

/** A folder that is a sealed model already goes the way of sealed models: hashes and self-test, then it is kept. */
export function useSealed(onDone: () => void) {
  return useAction(async (folder: string) => {
    const { model } = await call('models/import', { folder });
    notify({ text: 'The model was checked and imported.', kind: 'good' });
    navigate(pathOf('models', [model]));
    onDone();
  });
}
