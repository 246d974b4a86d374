import { exportModel, exportName } from '../../models/export.ts';
import { knownModel } from '../../session/models.ts';
import type { Session } from '../../session/session.ts';
import type { Handlers } from '../core.ts';

export function modelExportHandlers(session: Session): Pick<Handlers, 'models/export'> {
  return {
    'models/export': async ({ model, format }) => {
      const { folder, id } = await knownModel(session, model);
      const made = await session.surface.deliver(`${exportName(format, id)}.zip`, async (out) => {
        // Whoever chose a file that exists was asked by the dialog of the system.
        await exportModel(session.context(), { folder, format, out, replace: true });
      });
      if (made.kind !== 'cancelled') session.study.records.audit.add('export', id, { format });
      return made;
    },
  };
}
