import { classColor } from '../../format/palette.ts';
import { classes } from '../class-names.ts';
import './figures.css';

interface ClassChipProps {
  readonly name: string;
  /** Place in the list of classes: decides the colour. */
  readonly index: number;
  readonly strong?: boolean;
}

/** A class by colour and name; the colour never stands alone. */
export function ClassChip({ name, index, strong = false }: ClassChipProps) {
  return (
    <span className={classes('h-class', strong && 'h-class-strong')}>
      <span className="h-class-swatch" style={{ background: classColor(index) }} aria-hidden="true" />
      <span className="h-cut">{name}</span>
    </span>
  );
}
