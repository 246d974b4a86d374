import type { RefObject } from 'react';
import { type KeyBinding, useKeys } from '../../keys/use-keys.ts';
import { windowPresets } from './grey-window.ts';
import { flipped, turned, zoomed } from './placement.ts';
import { freshSettings, type SettingsStore } from './settings-store.ts';
import type { Step } from './step.ts';

interface ImageKeys {
  readonly settings: SettingsStore;
  /** Presets are for Hounsfield units only. */
  readonly isHounsfield: boolean;
  readonly zoomKey: RefObject<boolean>;
  onStep: ((step: Step) => void) | undefined;
  toggleFacts(): void;
  toggleHeat: (() => void) | undefined;
  onFullScreen: (() => void) | undefined;
}

const group = 'Image';
const middle = { x: 0, y: 0 };
const keyZoom = 1.25;

const stepKeys: readonly { readonly keys: string; readonly step: Step; readonly title: string }[] = [
  { keys: 'ArrowDown', step: 'next', title: 'Next image of the scan (also the wheel)' },
  { keys: 'ArrowUp', step: 'previous', title: 'Previous image of the scan' },
  { keys: 'Home', step: 'first', title: 'First image of the scan' },
  { keys: 'End', step: 'last', title: 'Last image of the scan' },
  { keys: 'PageDown', step: 'next-scan', title: 'Next scan' },
  { keys: 'PageUp', step: 'previous-scan', title: 'Previous scan' },
];

/** Keys of an image: those of Weasis and OHIF where the two agree. */
export function useImageKeys(keys: ImageKeys): void {
  useKeys([...stepBindings(keys), ...viewBindings(keys), ...presetBindings(keys)]);
}

function stepBindings({ onStep }: ImageKeys): KeyBinding[] {
  if (onStep === undefined) return [];
  return stepKeys.map(({ keys, step, title }) => ({
    keys,
    title,
    group,
    run: () => onStep(step),
    get enabled() {
      return !focusTakesArrows();
    },
  }));
}

function viewBindings({ settings, zoomKey, toggleFacts, toggleHeat, onFullScreen }: ImageKeys): KeyBinding[] {
  const { setState } = settings;
  const zoom = (factor: number): void =>
    setState(({ placement }) => ({ placement: zoomed(placement, factor, middle) }));
  const bindings: KeyBinding[] = [
    { keys: 'Space', title: 'Reset window, zoom and turn', group, run: () => setState(freshSettings) },
    { keys: 'i', title: 'Invert greys', group, run: () => setState(({ inverted }) => ({ inverted: !inverted })) },
    {
      keys: 'h',
      title: 'Flip left and right',
      group,
      run: () => setState(({ placement }) => ({ placement: flipped(placement) })),
    },
    {
      keys: 'r',
      title: 'Rotate a quarter turn',
      group,
      run: () => setState(({ placement }) => ({ placement: turned(placement) })),
    },
    { keys: '+', title: 'Zoom in (also Ctrl and the wheel)', group, run: () => zoom(keyZoom) },
    { keys: '-', title: 'Zoom out', group, run: () => zoom(1 / keyZoom) },
    {
      keys: 'z',
      title: 'Hold and drag: zoom. Drag alone: window and level. Shift and drag: move',
      group,
      run: () => {
        zoomKey.current = true;
      },
    },
    { keys: 't', title: 'Facts over the image', group, run: toggleFacts },
  ];
  if (toggleHeat !== undefined) {
    bindings.push({ keys: 'Shift+H', title: 'Heat map: where the model looked', group, run: toggleHeat });
  }
  if (onFullScreen !== undefined) {
    bindings.push({ keys: 'f', title: 'Image fills the window (also double click)', group, run: onFullScreen });
  }
  return bindings;
}

function presetBindings({ settings, isHounsfield }: ImageKeys): KeyBinding[] {
  return windowPresets.map(({ keys, name, width, center }) => ({
    keys,
    title: `Window: ${name.toLowerCase()} ${width}/${center}`,
    group: 'Windows (plain digits say the class)',
    enabled: isHounsfield,
    run: () => settings.setState({ window: { width, center } }),
  }));
}

/** Controls whose own arrow keys must stay theirs. */
function focusTakesArrows(): boolean {
  return document.activeElement?.matches('input[type=radio], [role=slider], [role=separator], [role=tab]') === true;
}
