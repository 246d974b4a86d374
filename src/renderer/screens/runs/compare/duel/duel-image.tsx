import { Images } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useCall } from '../../../../api.ts';
import { EmptyState } from '../../../../components/feedback/empty-state.tsx';
import { ImageView } from '../../../../components/image-view/image-view.tsx';
import { aheadOf, stepped } from '../../../../components/image-view/step.ts';
import type { Level } from '../../one/class-table.tsx';
import type { DuelRow } from './duel-cases.tsx';

const mostOfScan = 500;

interface DuelImageProps {
  readonly row: DuelRow | undefined;
  readonly level: Level;
}

/** The image behind a case: of a scan the slice that led the wrong answer, and its neighbours. */
export function DuelImage({ row, level }: DuelImageProps) {
  if (row === undefined) return <EmptyState icon={Images} title="No case is chosen" />;
  return <CaseImages key={`${level} ${row.name}`} row={row} level={level} />;
}

function CaseImages({ row, level }: { readonly row: DuelRow; readonly level: Level }) {
  const scan = useCall('dataset/images', level === 'scan' ? { scan: row.name, offset: 0, limit: mostOfScan } : null);
  const images = useMemo(() => {
    const ofScan = scan.value?.rows.map(({ image }) => image) ?? [];
    return ofScan.includes(row.image) ? ofScan : [row.image];
  }, [scan.value, row.image]);
  const [stepTo, setStepTo] = useState<string | null>(null);
  const index = Math.max(0, images.indexOf(stepTo ?? row.image));
  const refs = useMemo(() => images.map((image) => ({ of: 'dataset' as const, image })), [images]);
  const image = refs[index];
  if (image === undefined) return null;
  const position = images.length > 1 ? `Image ${index + 1} of ${images.length}` : undefined;
  const answer = `A: ${row.a}, B: ${row.b}`;
  return (
    <ImageView
      image={image}
      label={`${position ?? 'Image'}, truth ${row.class}, ${answer}`}
      series={row.name}
      overlay={{ position, file: image.image, answer: `Truth: ${row.class}. ${answer}` }}
      ahead={aheadOf(refs, index, false)}
      onStep={(to) => setStepTo(images[stepped(index, images.length, to)] ?? null)}
    />
  );
}
