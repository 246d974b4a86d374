import { z } from 'zod';
import { csvTable, parseCsv } from '../disk/csv.ts';
import type { Prediction } from '../domain/metrics.ts';

/** predictions.csv: image,scan,group,class,predicted,p_<class>... with probabilities to 17 digits, so nothing is lost. */
export function predictionTable(predictions: readonly Prediction[], classes: readonly string[]): string {
  const columns = ['image', 'scan', 'group', 'class', 'predicted', ...classes.map((name) => `p_${name}`)];
  return csvTable(
    columns,
    predictions.map(({ image, scan, group, truth, probabilities }) => [
      image,
      scan,
      group,
      classes[truth],
      classes[probabilities.indexOf(Math.max(...probabilities))],
      ...probabilities,
    ]),
  );
}

/** @throws HilumError `table/bad-header`, `table/bad-row` */
export function parsePredictions(text: string, name: string, classes: readonly string[]): Prediction[] {
  const probability = z.coerce.number().min(0).max(1);
  const schema = z.looseObject({ image: z.string(), scan: z.string(), group: z.string(), class: z.enum(classes) });
  const rows = parseCsv(text, name, ['image', 'scan', 'group', 'class', ...classes.map((each) => `p_${each}`)], schema);
  return rows.map((row) => ({
    image: row.image,
    scan: row.scan,
    group: row.group,
    truth: classes.indexOf(row.class),
    probabilities: classes.map((each) => probability.parse(row[`p_${each}`])),
  }));
}
