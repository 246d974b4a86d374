import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../../../src/pipeline', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-engine-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function runScript(text: string): Promise<{ stdout: string; stderr: string }> {
  const path = join(folder, 'script.ts');
  await writeFile(path, text);
  return new Promise((resolve) => {
    execFile(process.execPath, [path], (_error, stdout, stderr) => resolve({ stdout, stderr }));
  });
}

describe('loading TensorFlow', () => {
  it('prints nothing and gives a working engine with its version', async () => {
    const { stdout, stderr } = await runScript(`
      import { engineVersion, loadTensorFlow } from ${JSON.stringify(join(source, 'training/tensorflow.ts'))};
      const [tf, same] = await Promise.all([loadTensorFlow(), loadTensorFlow()]);
      const sum = tf.add(tf.tensor1d([1, 2]), tf.scalar(3)).arraySync();
      console.log(JSON.stringify({ sum, backend: tf.getBackend(), version: engineVersion(tf), same: tf === same }));
    `);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      sum: [4, 5],
      backend: 'tensorflow',
      version: expect.stringMatching(/^\d+\.\d+/),
      same: true,
    });
  });

  it('serves heads by an engine for networks, and refuses the reverse', async () => {
    const { stdout } = await runScript(`
      import { engineVersion, loadTensorFlow } from ${JSON.stringify(join(source, 'training/tensorflow.ts'))};
      await loadTensorFlow('network');
      const tf = await loadTensorFlow('head');
      console.log(tf.getBackend(), engineVersion(tf));
    `);
    expect(stdout).toMatch(/^tensorflow \d+\.\d+\.\d+, oneDNN, \d+ threads\n$/);
    const refused = await runScript(`
      import { loadTensorFlow } from ${JSON.stringify(join(source, 'training/tensorflow.ts'))};
      await loadTensorFlow();
      await loadTensorFlow('network').catch((error) => console.log(error.code, '|', error.sentence));
    `);
    expect(refused.stdout).toBe(
      'training/engine-taken | TensorFlow is set up for heads in this process, and fine-tuning needs it set up anew. Do it in a process of its own.\n',
    );
  });

  it('says training/engine-missing where the package cannot be loaded', async () => {
    await cp(join(source, 'training/tensorflow.ts'), join(folder, 'pipeline/training/tensorflow.ts'));
    await cp(join(source, 'domain'), join(folder, 'pipeline/domain'), { recursive: true });
    const { stdout } = await runScript(`
      import { loadTensorFlow } from './pipeline/training/tensorflow.ts';
      await loadTensorFlow().catch((error) => console.log(error.code, '|', error.sentence));
    `);
    expect(stdout).toBe(
      'training/engine-missing | TensorFlow is not prepared. Run `npm run setup`, then `hilum doctor`.\n',
    );
  });
});
