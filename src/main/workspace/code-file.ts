import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { stageVersions } from '../../pipeline/domain/stage-versions.ts';
import { workspaceNames } from './names.ts';
import type { PipelineStage } from './pipeline-file.ts';

/** Text of code.yaml: what this program's stages are worth to DVC. The same for every release that makes the same outputs. */
export function codeFileText(): string {
  const lines = Object.entries(stageVersions).map(([name, version]) => `  ${name}: ${version}`);
  return `# Written by Hilum: raised when a stage makes other outputs of the same inputs. Not for editing.\nstages:\n${lines.join('\n')}\n`;
}

/** Brings code.yaml up to this program; a workspace whose dvc.yaml does not name it gets none. @throws HilumError `disk/…` */
export async function writeCodeFile(root: string, stages: readonly PipelineStage[]): Promise<void> {
  if (!stages.some(({ params }) => params.has(workspaceNames.code))) return;
  const path = join(root, workspaceNames.code);
  const text = codeFileText();
  if ((await readFile(path, 'utf8').catch(() => undefined)) !== text) await writeFileAtomic(path, text);
}
