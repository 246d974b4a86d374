import type { View } from '../../../main/ipc/contract.ts';

/** Black below center - width / 2, white above center + width / 2, linear between. In the units of the pixels. */
export interface GreyWindow {
  readonly center: number;
  readonly width: number;
}

export interface WindowPreset extends GreyWindow {
  readonly name: string;
  /** As tinykeys writes it. */
  readonly keys: string;
}

/**
 * Usual CT windows in HU, in the order that OHIF numbers them, and one for kidneys. They sit on Alt + digit: plain digits say
 * which class an image has, the key that a reader presses a thousand times a day.
 */
export const windowPresets: readonly WindowPreset[] = [
  { name: 'Soft tissue', keys: 'Alt+Digit1', width: 400, center: 40 },
  { name: 'Lung', keys: 'Alt+Digit2', width: 1500, center: -600 },
  { name: 'Liver', keys: 'Alt+Digit3', width: 150, center: 90 },
  { name: 'Bone', keys: 'Alt+Digit4', width: 2500, center: 480 },
  { name: 'Kidney', keys: 'Alt+Digit5', width: 350, center: 50 },
];

const softTissue: GreyWindow = { center: 40, width: 400 };
const leastWidth = 1;
const mostWidth = 65_536;
const mostCenter = 65_536;
/** Share of the width that one CSS pixel of dragging changes: 2 HU at width 400, 12 HU at width 2500. */
const sharePerPixel = 0.005;

/** What file or model suggest; else soft tissue for HU and the whole range for pictures. */
export function initialWindow({ window, domain, white }: Pick<View, 'window' | 'domain' | 'white'>): GreyWindow {
  return window ?? (domain === 'hounsfield' ? softTissue : { center: white / 2, width: white });
}

/**
 * Window after a drag of so many CSS pixels from where `start` held: right widens, up brightens (a lower centre).
 * `dy` is positive downwards, as the pointer counts. `reversed` turns both round.
 */
export function draggedWindow(start: GreyWindow, dx: number, dy: number, reversed: boolean): GreyWindow {
  const step = Math.max(start.width * sharePerPixel, 0.25) * (reversed ? -1 : 1);
  return {
    width: clamp(Math.round(start.width + dx * step), leastWidth, mostWidth),
    center: clamp(Math.round(start.center + dy * step), -mostCenter, mostCenter),
  };
}

/** Preset that this window is, if any. */
export function presetOf(window: GreyWindow): WindowPreset | undefined {
  return windowPresets.find(({ center, width }) => center === window.center && width === window.width);
}

/** `W 400  L 40`. */
export function windowText({ center, width }: GreyWindow): string {
  return `W ${Math.round(width)}  L ${Math.round(center)}`;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
