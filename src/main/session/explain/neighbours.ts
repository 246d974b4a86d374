import { HilumError } from '../../../pipeline/domain/errors.ts';
import { type NeighboursInput, neighboursReportSchema } from '../../../pipeline/domain/explain.ts';
import type { ImageRef, Neighbours } from '../../ipc/contract.ts';
import { trainingRecordOf } from '../../studies/model-training.ts';
import { placeOf } from '../images/place.ts';
import type { Session } from '../session.ts';
import { modelOf } from './model-of.ts';

/** Why there are none, as an answer: elsewhere trained, images gone, features not there yet. */
const answers = ['explain/elsewhere', 'explain/no-cases', 'explain/features-missing', 'dataset/missing'];

/** The nearest training images of one image. @throws HilumError `model/…`, `image/missing`, … */
export async function nearestCases(
  session: Session,
  question: { readonly image: ImageRef; readonly model: string | null },
): Promise<Neighbours> {
  const place = await placeOf(session, question.image);
  const model = await modelOf(session, question.image, question.model);
  const { paths } = session.study.workspace;
  try {
    const input: NeighboursInput = {
      model: model.folder,
      workspace: paths,
      training: await trainingRecordOf(paths, model.seal),
      files: [{ path: place.path, file: place.file, frame: place.frame }],
      extract: false,
      keep: true,
    };
    const { images, compared } = await session.viewer.run('neighbours', input, neighboursReportSchema);
    const [found] = images;
    if (found === undefined || found.reason !== null) return { state: 'none', reason: found?.reason ?? '' };
    const neighbours = found.neighbours.map(({ group: _group, ...shown }) => shown);
    return { state: 'found', ownScan: found.ownScan, compared, neighbours };
  } catch (error) {
    if (!(error instanceof HilumError) || !answers.includes(error.code)) throw error;
    return { state: 'none', reason: error.sentence };
  }
}
