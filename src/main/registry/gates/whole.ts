import { checkSealedFolder, readSeal } from '../../models/sealed-folder.ts';
import type { Gate } from './gate.ts';

/** Every byte is the sealed one; no override helps a model that nothing would load. */
export const whole: Gate = {
  name: 'whole',
  ofChallenger: true,
  isRequired: () => true,
  async check({ model: { folder, seal } }) {
    const files = await checkSealedFolder(folder);
    const { hash } = await readSeal(folder);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const figures = { files: files.length, bytes, seal: hash };
    if (hash !== seal)
      return { passed: false, overridable: false, reason: 'Another model lies under this seal.', figures };
    return { passed: true, reason: `${files.length} files, every hash as sealed.`, figures };
  },
};
