import { type Layer, labels } from '../canvas.ts';
import { clamp } from '../numbers.ts';
import type { Physique } from '../physique.ts';
import type { Scanner } from '../scanner.ts';

/** The patient table below the back: a thin bright shell, seen in axial pictures only. */
export function table(person: Physique, scanner: Scanner): Layer {
  return (canvas) => {
    const { cut, width, height } = canvas;
    if (cut.plane !== 'axial' || scanner.table === 'none') return;
    const top = person.backDepth + scanner.tableGapMm;
    const bow = scanner.table === 'flat' ? 0 : 1 / 1500;
    const soft = 1.2 * cut.pixelMm;
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const index = row * width + column;
        if (canvas.labels[index] !== labels.background) continue;
        const x = cut.origin[0] + column * cut.right[0] + row * cut.down[0];
        const y = cut.origin[1] + column * cut.right[1] + row * cut.down[1];
        const shell = Math.max(Math.abs(y - top + x * x * bow) - 1.9, Math.abs(x) - 225);
        const lower = Math.abs(y - top - 38 + (Math.abs(x) > 120 ? (Math.abs(x) - 120) * 0.7 : 0)) - 1.6;
        const distance = scanner.table === 'double' && y > top - 60 ? Math.min(shell, lower) : shell;
        const cover = clamp(0.5 - distance / soft, 0, 1);
        if (cover > 0) canvas.hu[index] = Math.max(canvas.hu[index] ?? 0, -1000 + 1300 * cover);
      }
    }
  };
}
