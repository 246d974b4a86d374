import { type ExplainInput, type ExplainReport, explainReportSchema } from '../../../pipeline/domain/explain.ts';
import type { Heat, ImageRef } from '../../ipc/contract.ts';
import { recordedTrust } from '../../models/trust.ts';
import { placeOf } from '../images/place.ts';
import type { Session } from '../session.ts';
import { modelOf } from './model-of.ts';
import { keepTrust, trustProblem } from './trust.ts';

/** A map is a thousand numbers. */
const mostKept = 500;

export interface HeatQuestion {
  readonly image: ImageRef;
  readonly model: string | null;
  readonly class: string | null;
}

/** Heat maps of single images, made in the viewer's worker; the ones asked for lately stay in memory and nowhere else. */
export function heatMaps(session: Session) {
  const kept = new Map<string, Heat>();
  return async (question: HeatQuestion): Promise<Heat> => {
    const place = await placeOf(session, question.image);
    const model = await modelOf(session, question.image, question.model);
    const key = `${model.seal} ${question.class ?? ''} ${place.key}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const input: ExplainInput = {
      model: model.folder,
      trust: recordedTrust(session.study.records, model.seal),
      files: [{ path: place.path, file: place.file, frame: place.frame }],
      class: question.class,
      out: null,
      keep: true,
    };
    const report = await session.viewer.run('explain', input, explainReportSchema);
    if (report.trustFrom === 'measured') keepTrust(session, report.seal, report.trust);
    const heat = heatOf(report);
    // A refusal is not kept: the file may be readable the next time.
    if (heat.state === 'explained') kept.set(key, heat);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return heat;
  };
}

function heatOf({ images: [image], classes, trust, title }: ExplainReport): Heat {
  if (image === undefined || image.state === 'withheld') return { state: 'none', reason: trustProblem(trust) ?? '' };
  if (image.state === 'refused') return { state: 'none', reason: image.reason };
  const name = (index: number): string => classes[index] ?? '';
  return {
    state: 'explained',
    map: image.map,
    class: name(image.class),
    probability: image.probabilities[image.class] ?? 0,
    predicted: name(image.predicted),
    model: title,
    classes,
  };
}
