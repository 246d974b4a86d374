import { existsSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson, sha256 } from '../../../pipeline/disk/hash.ts';
import type { Params } from '../../../pipeline/domain/params.ts';
import { artifactNames } from '../../../pipeline/domain/stage-inputs.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import type { StudyContext } from '../context.ts';
import type { Study } from '../study.ts';

/** What decides the base model: candidates that agree in it share one. */
export function baseKeyOf({ image, backbone }: Params): string {
  return sha256(canonicalJson([image, backbone])).slice(0, 16);
}

/**
 * Where candidates are trained: the workspace with artifacts of its own below `.hilum/sweeps/`, so that what stands in
 * artifacts/ stays that of params.yaml. Dataset and split are copied as they were; records, caches and checkpoints are shared.
 */
export function sweepBench({ workspace, records }: Study, sweep: string) {
  const folder = join(workspace.paths.state, 'sweeps', sweep);
  const studyOf = (params: Params): Study => ({
    records,
    workspace: { ...workspace, params, paths: { ...workspace.paths, artifacts: join(folder, baseKeyOf(params)) } },
  });
  return {
    /** The study of a candidate, its base model prepared. @throws HilumError of `prepare` */
    async prepared(params: Params, context: StudyContext): Promise<Study> {
      const study = studyOf(params);
      const { paths, config } = study.workspace;
      if (existsSync(join(paths.artifacts, artifactNames.baseModel))) return study;
      await rm(paths.artifacts, { recursive: true, force: true });
      await mkdir(paths.artifacts, { recursive: true });
      for (const name of ['dataset', artifactNames.split])
        await cp(join(workspace.paths.artifacts, name), join(paths.artifacts, name), { recursive: true });
      const input = { workspace: paths, params, ...(config.classes === undefined ? {} : { classes: config.classes }) };
      await stageInWorker(context, 'prepare', input, z.unknown());
      return study;
    },
    /** Takes the folder away: everything in it can be made again. */
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}
export type SweepBench = ReturnType<typeof sweepBench>;
