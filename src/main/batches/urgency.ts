import { byCodePoint } from '../../pipeline/domain/names.ts';
import type { RowOrder } from '../records/batch-order.ts';

/** What a radiologist wants to see first. Other classes come between these and the normal one. */
const urgentFirst: readonly string[] = ['tumor', 'stone', 'cyst'];
const last = 'normal';

/** Room for the other classes to stand one after the other, by name, instead of mixed. */
const room = 1000;

/** Ranks of a model's classes, by name and by urgency. A refused image may show anything: it comes before a normal one. */
export function ranksOf(classes: readonly string[]): RowOrder['ranks'] {
  const others = urgentFirst.length;
  const sorted = [...classes].sort(byCodePoint);
  const byName = classes.map((each) => sorted.indexOf(each));
  const byUrgency = classes.map((each, index) => {
    const folded = each.toLowerCase();
    const place = urgentFirst.indexOf(folded);
    const rank = folded === last ? others + 2 : place < 0 ? others : place;
    return rank * room + (byName[index] ?? 0);
  });
  return {
    name: { classes: byName, refused: classes.length },
    urgency: { classes: byUrgency, refused: (others + 1) * room },
  };
}
