import { homedir } from 'node:os';
import { join } from 'node:path';
import electron from 'electron';
import { boot } from './app/boot.ts';
import { version } from './workspace/version.ts';

void boot({
  electron,
  host: {
    argv: process.argv,
    env: process.env,
    platform: process.platform,
    home: homedir(),
    stderr: process.stderr,
    cwd: () => process.cwd(),
    on: process.on.bind(process),
  },
  files: {
    preload: join(import.meta.dirname, 'preload.cjs'),
    page: join(import.meta.dirname, '..', 'renderer'),
    worker: join(import.meta.dirname, 'worker.cjs'),
  },
  version,
  openCore: async (surroundings) => {
    // Loaded here and not above: a second start, which ends at once, opens neither records nor engines.
    const { openCore } = await import('./session/index.ts');
    return openCore({ ...surroundings, env: process.env });
  },
});
