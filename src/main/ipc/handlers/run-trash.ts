import type { Timers } from '../../jobs/timers.ts';
import type { Records } from '../../records/index.ts';
import type { Session } from '../../session/session.ts';
import { openTrash, type Trash } from '../../studies/run-deletion/trash.ts';
import type { Handlers } from '../core.ts';

/** The trash of the workspace that is open now; asked for the first time it finishes what an earlier process left. */
export function trashesOf(session: Session, timers: Timers): () => Trash {
  const trashes = new WeakMap<Records, Trash>();
  return () => {
    const known = trashes.get(session.study.records);
    if (known !== undefined) return known;
    const opened = trashOf(session, timers);
    trashes.set(session.study.records, opened);
    // What cannot go now stays hidden and is tried again at the next start.
    opened.takeUp().catch(() => undefined);
    return opened;
  };
}

/** Deleting runs and taking it back. */
export function runTrashHandlers(
  session: Session,
  trash: () => Trash,
): Pick<Handlers, 'runs/delete-preview' | 'runs/delete' | 'runs/undo-delete'> {
  const changed = (): void => session.push({ topic: 'changed', what: 'runs' });
  return {
    'runs/delete-preview': async ({ runs }) => {
      const { own, shared } = await trash().preview(runs);
      const { files, bytes } = own;
      return { runs: new Set(runs).size, files, bytes, sharedFiles: shared.files, sharedBytes: shared.bytes };
    },
    'runs/delete': async ({ runs }) => {
      const removed = await trash().remove(runs);
      changed();
      return removed;
    },
    'runs/undo-delete': ({ undo }) => {
      const restored = trash().undo(undo);
      changed();
      return { runs: restored };
    },
  };
}

function trashOf(session: Session, timers: Timers): Trash {
  const { records, workspace } = session.study;
  const { now, newId } = session.context();
  return openTrash({
    records,
    state: workspace.paths.state,
    folders: workspace.paths,
    timers,
    now,
    newId,
    modelsInSettings: () => {
      const { defaultModel } = session.settings.value;
      return defaultModel === null ? [] : [defaultModel];
    },
    onPurged: (models) => {
      if (models > 0) session.push({ topic: 'changed', what: 'models' });
    },
  });
}
