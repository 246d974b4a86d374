import { HilumError } from '../../../pipeline/domain/errors.ts';
import { nearestName } from '../../../pipeline/domain/names.ts';
import type { Parsed, Review } from '../../ipc/contract.ts';
import type { Batch } from '../../records/batches.ts';
import type { Records } from '../../records/index.ts';

/** Stores what a reader says of an image. @throws HilumError `batch/unknown`, `review/no-image`, `review/bad-class` */
export function addReview(records: Records, input: Parsed<'batches/review'>): Review {
  const { batch: id, item, frame, decision, reader } = input;
  const batch = records.batches.get(id);
  if (input.class !== null) requireClass(batch, input.class);
  return records.reviews.add({ batch: id, item, frame, decision, class: classOf(records, batch, input), reader });
}

/** Class that the decision gives the image: the model's, the reader's, or none. */
function classOf(records: Records, batch: Batch, input: Parsed<'batches/review'>): string | null {
  switch (input.decision) {
    case 'refuse':
      return null;
    case 'correct':
      if (input.class === null) throw badClass(batch, '');
      return input.class;
    case 'accept': {
      const predicted = records.batchQueries.row(input)?.predicted ?? null;
      return predicted === null ? null : (batch.classes[predicted] ?? null);
    }
    default:
      return input.decision satisfies never;
  }
}

function requireClass(batch: Batch, name: string): void {
  if (!batch.classes.includes(name)) throw badClass(batch, name);
}

function badClass({ classes }: Batch, name: string): HilumError {
  return new HilumError('review/bad-class', { class: name, nearest: nearestName(name, classes) });
}
