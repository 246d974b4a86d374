import type { ExplainedImage, ExplainReport, NeighboursReport } from '../../../pipeline/domain/explain.ts';
import { counted, textTable } from '../../studies/text-table.ts';

/** One line an image: what was answered, which class was explained, where the overlay lies. */
export function explainedText({ images, classes }: ExplainReport): string {
  const rows = images.map((image) => [image.image, ...cells(image, classes)]);
  return textTable(['image', 'answer', 'probability', 'explained', 'overlay'], rows);
}

function cells(image: ExplainedImage, classes: readonly string[]): string[] {
  if (image.state === 'refused') return ['refused', '-', '-', image.reason];
  const explained = classes[image.class] ?? '';
  return [
    classes[image.predicted] ?? '',
    (image.probabilities[image.predicted] ?? 0).toFixed(3),
    explained,
    image.state === 'explained' ? (image.overlay ?? '-') : 'no map',
  ];
}

const unknownScan = 'the file names no scan, so these may be of its own';

/** Nearest training cases of each image. */
export function neighboursText({ images, compared }: NeighboursReport): string {
  const parts = images.map(({ image, neighbours, reason, ownScan }) => {
    if (reason !== null) return `${image}: ${reason}`;
    const rows = neighbours.map((each) => [each.class, each.distance.toFixed(3), each.image, each.scan]);
    const remark = ownScan === 'unknown' ? ` (${unknownScan})` : '';
    return `${image}${remark}\n${textTable(['class', 'distance', 'training image', 'scan'], rows)}`;
  });
  const basis = `Compared with ${counted(compared.images, 'training image')} of ${counted(compared.groups, 'patient group')}; one image a scan, none of the image's own.`;
  return [...parts, basis].join('\n\n');
}
