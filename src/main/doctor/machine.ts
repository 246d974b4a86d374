import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { type Check, fine, wrong } from './check.ts';

/** better-sqlite3 13 crashes below this version. */
const neededNode = [22, 14] as const;

export const node: Check = {
  name: 'Node',
  neededFor: 'everything',
  async look() {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    const isNew = major > neededNode[0] || (major === neededNode[0] && minor >= neededNode[1]);
    if (isNew) return fine(process.versions.node);
    return wrong(`${process.versions.node}, ${neededNode.join('.')} is needed`, 'npm install (brings Node 24 along)');
  },
};

export const cores: Check = { name: 'cores', look: async () => fine(String(availableParallelism())) };

export const memory: Check = {
  name: 'memory',
  look: async () => fine(`${gigabytes(totalmem())} GB, ${gigabytes(freemem())} GB free`),
};

export const disk: Check = {
  name: 'free disk here',
  async look({ cwd }) {
    const { bavail, bsize } = await statfs(cwd);
    return fine(`${gigabytes(bavail * bsize)} GB`);
  },
};

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
