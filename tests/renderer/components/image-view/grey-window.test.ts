import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  draggedWindow,
  initialWindow,
  presetOf,
  windowPresets,
  windowText,
} from '../../../../src/renderer/components/image-view/grey-window.ts';

describe('initialWindow', () => {
  it('takes what file or model suggest, else soft tissue for HU and the whole range for pictures', () => {
    const suggested = { center: 90, width: 150 };
    expect(initialWindow({ window: suggested, domain: 'hounsfield', white: 255 })).toEqual(suggested);
    expect(initialWindow({ window: null, domain: 'hounsfield', white: 255 })).toEqual({ center: 40, width: 400 });
    expect(initialWindow({ window: null, domain: 'display', white: 65_535 })).toEqual({
      center: 32_767.5,
      width: 65_535,
    });
  });
});

describe('draggedWindow', () => {
  const start = { center: 40, width: 400 };

  it('widens to the right and brightens upwards, which is a lower centre', () => {
    expect(draggedWindow(start, 50, 0, false)).toEqual({ center: 40, width: 500 });
    expect(draggedWindow(start, 0, -50, false)).toEqual({ center: -60, width: 400 });
  });

  it('does the opposite for readers who reversed it', () => {
    expect(draggedWindow(start, 50, 0, true)).toEqual({ center: 40, width: 300 });
    expect(draggedWindow(start, 0, -50, true)).toEqual({ center: 140, width: 400 });
  });

  it('moves more in wide windows than in narrow ones, and comes back where it began', () => {
    expect(draggedWindow({ center: 480, width: 2500 }, 10, 0, false).width).toBe(2625);
    expect(draggedWindow({ center: 40, width: 20 }, 8, 0, false).width).toBe(22);
    expect(draggedWindow(start, 0, 0, false)).toEqual(start);
  });

  it('never leaves a window that can be drawn', () => {
    const drag = fc.integer({ min: -100_000, max: 100_000 });
    return fc.assert(
      fc.property(drag, drag, fc.boolean(), (dx, dy, reversed) => {
        const { center, width } = draggedWindow(start, dx, dy, reversed);
        expect(width).toBeGreaterThanOrEqual(1);
        expect(Math.abs(center)).toBeLessThanOrEqual(65_536);
      }),
      { seed: 4 },
    );
  });
});

describe('windowPresets', () => {
  it('are the usual ones of OHIF and Weasis and one for kidneys, on Alt and digits', () => {
    expect(windowPresets.map(({ name, width, center, keys }) => `${keys} ${name} ${width}/${center}`)).toEqual([
      'Alt+Digit1 Soft tissue 400/40',
      'Alt+Digit2 Lung 1500/-600',
      'Alt+Digit3 Liver 150/90',
      'Alt+Digit4 Bone 2500/480',
      'Alt+Digit5 Kidney 350/50',
    ]);
  });

  it('are recognised by their numbers', () => {
    expect(presetOf({ center: 90, width: 150 })?.name).toBe('Liver');
    expect(presetOf({ center: 91, width: 150 })).toBeUndefined();
    expect(windowText({ center: -600, width: 1500 })).toBe('W 1500  L -600');
  });
});
