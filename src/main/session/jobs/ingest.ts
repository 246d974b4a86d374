import { setSource } from '../../studies/source-setting.ts';
import type { JobContext, JobRequest } from '../queue.ts';
import type { Session } from '../session.ts';
import { runStageOf } from './stage-of-study.ts';

/**
 * Reads the dataset's source. One that fails or is cancelled leaves config.yaml as it was.
 * @param source https address, or absolute path without links; null: the one that is set
 */
export function ingestJob(session: Session, source: string | null): JobRequest {
  return {
    kind: 'ingest',
    title: source === null ? 'Read the dataset' : `Read the dataset: ${lastName(source)}`,
    subject: null,
    run: (context) => ingestFrom(session, source, context),
  };
}

async function ingestFrom(session: Session, source: string | null, context: JobContext): Promise<void> {
  const { root } = session.study.workspace.paths;
  const takeBack = source === null ? undefined : await setSource(root, source);
  try {
    await session.reloadStudy();
    await runStageOf(session.study, 'ingest', context);
  } catch (error) {
    await takeBack?.();
    // What is wrong with the configuration is what `error` says already.
    await session.reloadStudy().catch(() => undefined);
    throw error;
  } finally {
    session.push({ topic: 'changed', what: 'dataset' });
  }
}

/** Name of a folder or file, without what stands before it or behind a `?`. */
function lastName(source: string): string {
  return source.split(/[?#]/)[0]?.split(/[\\/]/).filter(Boolean).at(-1) ?? source;
}
