import {
  CaretsToAxisDashedVertical,
  Contrast,
  Expand,
  Flame,
  Info,
  Minimize2,
  MousePointer,
  RotateCcw,
  RotateCw,
  SunMedium,
} from 'lucide-react';
import { Button, IconButton } from '../controls/button.tsx';
import { KeyValues } from '../figures/key-values.tsx';
import { Menu, type MenuItem } from '../overlays/menu.tsx';
import { Popover } from '../overlays/popover.tsx';
import { type GreyWindow, presetOf, windowPresets } from './grey-window.ts';
import type { HeatView } from './heat/use-heat.ts';
import { flipped, turned } from './placement.ts';
import { freshSettings, type SettingsStore } from './settings-store.ts';

interface ImageToolsProps {
  readonly settings: SettingsStore;
  readonly window: GreyWindow | undefined;
  readonly isHounsfield: boolean;
  readonly inverted: boolean;
  readonly mirrored: boolean;
  readonly facts: boolean;
  onFacts(shown: boolean): void;
  readonly fileName: boolean;
  onFileName(shown: boolean): void;
  /** There is a file name to show. */
  readonly hasFileName: boolean;
  readonly heat: Pick<HeatView, 'on' | 'toggle'> | undefined;
  readonly fullScreen: boolean;
  onFullScreen: (() => void) | undefined;
}

/** What one can do with an image, for the mouse; each has a key as well. */
export function ImageTools(tools: ImageToolsProps) {
  const { settings, inverted, mirrored, heat, fullScreen, onFullScreen } = tools;
  const place = settings.setState;
  return (
    <div className="h-image-tools" role="toolbar" aria-label="Image">
      <WindowMenu {...tools} />
      <IconButton
        label="Invert greys"
        icon={Contrast}
        keyHint="i"
        pressed={inverted}
        onClick={() => place({ inverted: !inverted })}
      />
      <IconButton
        label="Flip left and right"
        icon={CaretsToAxisDashedVertical}
        keyHint="h"
        pressed={mirrored}
        onClick={() => place(({ placement }) => ({ placement: flipped(placement) }))}
      />
      <IconButton
        label="Rotate a quarter turn"
        icon={RotateCw}
        keyHint="r"
        onClick={() => place(({ placement }) => ({ placement: turned(placement) }))}
      />
      {heat === undefined ? null : (
        <IconButton
          label="Where the model looked"
          icon={Flame}
          keyHint="Shift+H"
          pressed={heat.on}
          onClick={heat.toggle}
        />
      )}
      <IconButton label="Reset" icon={RotateCcw} keyHint="Space" onClick={() => place(freshSettings)} />
      <span className="h-image-tools-gap" />
      <OverlayMenu {...tools} />
      <MouseHelp />
      {onFullScreen === undefined ? null : (
        <IconButton
          label={fullScreen ? 'Back to the table' : 'Image fills the window'}
          icon={fullScreen ? Minimize2 : Expand}
          keyHint="f"
          pressed={fullScreen}
          onClick={onFullScreen}
        />
      )}
    </div>
  );
}

function WindowMenu({ settings, window, isHounsfield }: ImageToolsProps) {
  const preset = window === undefined || !isHounsfield ? undefined : presetOf(window);
  const presets: MenuItem[] = windowPresets.map(({ name, keys, width, center }) => ({
    label: `${name}  ${width} / ${center}`,
    keyHint: keys,
    checked: preset?.name === name,
    run: () => settings.setState({ window: { width, center } }),
  }));
  const suggested: MenuItem = { label: 'As the image suggests', run: () => settings.setState({ window: null }) };
  return (
    <Menu
      label="Window"
      align="start"
      trigger={
        <Button kind="quiet" icon={SunMedium} className="h-image-window-menu">
          {isHounsfield ? (preset?.name ?? 'Window') : 'Window'}
        </Button>
      }
      items={
        isHounsfield
          ? [{ heading: 'Width / level in HU' }, ...presets, 'separator', suggested]
          : [{ heading: 'A picture without Hounsfield units' }, suggested]
      }
    />
  );
}

function OverlayMenu({ facts, onFacts, fileName, onFileName, hasFileName }: ImageToolsProps) {
  return (
    <Menu
      label="Over the image"
      trigger={<IconButton label="Over the image" icon={Info} />}
      items={[
        { label: 'Facts of the image', keyHint: 't', checked: facts, run: () => onFacts(!facts) },
        {
          label: 'File name',
          checked: fileName && hasFileName,
          disabled: !hasFileName,
          run: () => onFileName(!fileName),
        },
      ]}
    />
  );
}

const mouse = [
  { name: 'Left drag', value: 'Window and level: right widens, up brightens' },
  { name: 'Right drag, or Shift', value: 'Move' },
  { name: 'Ctrl and wheel, or z', value: 'Zoom' },
  { name: 'Wheel', value: 'Next and previous image' },
  { name: 'Double click', value: 'Fill the window' },
];

function MouseHelp() {
  return (
    <Popover label="Mouse" align="end" wide trigger={<IconButton label="What the mouse does" icon={MousePointer} />}>
      <KeyValues items={mouse} />
    </Popover>
  );
}
