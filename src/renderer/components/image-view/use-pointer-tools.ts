import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import { usePref } from '../../stores/prefs.ts';
import { draggedWindow, type GreyWindow } from './grey-window.ts';
import { type Point, panned, zoomed } from './placement.ts';
import type { SettingsStore, ViewSettings } from './settings-store.ts';

type Tool = 'window' | 'pan' | 'zoom';

interface Drag {
  readonly tool: Tool;
  readonly from: Point;
  readonly settings: ViewSettings;
  /** From the middle of the pane. */
  readonly about: Point;
}

interface PointerTools {
  readonly settings: SettingsStore;
  /** Window in sight. */
  readonly window: GreyWindow | undefined;
  readonly zoomKey: RefObject<boolean>;
}

/** Factor of one CSS pixel of a zoom drag; up enlarges. */
const zoomPerPixel = 1.01;

/** Left drag: window and level. Right or middle button, or Shift: pan. Left with `z` held: zoom. */
export function usePointerTools({ settings, window: shown, zoomKey }: PointerTools) {
  const reversed = usePref('reverseWindowDrag');
  const drag = useRef<Drag | null>(null);
  const [tool, setTool] = useState<Tool | null>(null);
  const [pointer, setPointer] = useState<Point | null>(null);

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    const chosen = toolOf(event, zoomKey.current);
    if (chosen === undefined) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = {
      tool: chosen,
      from: { x: event.clientX, y: event.clientY },
      settings: settings.getState(),
      about: fromMiddle(event),
    };
    setTool(chosen);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    setPointer({ x: event.clientX - box.left, y: event.clientY - box.top });
    if (drag.current === null) return;
    const dx = event.clientX - drag.current.from.x;
    const dy = event.clientY - drag.current.from.y;
    if (dx !== 0 || dy !== 0) settings.setState(afterDrag(drag.current, dx, dy, shown, reversed));
  };
  const end = (): void => {
    drag.current = null;
    setTool(null);
  };
  const handlers = {
    onPointerDown,
    onPointerMove,
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: () => setPointer(null),
  };
  return { tool, pointer, handlers };
}

function toolOf({ button, shiftKey }: PointerEvent, zooms: boolean): Tool | undefined {
  if (button === 1 || button === 2) return 'pan';
  if (button !== 0) return undefined;
  if (shiftKey) return 'pan';
  return zooms ? 'zoom' : 'window';
}

function afterDrag(
  { tool, settings, about }: Drag,
  dx: number,
  dy: number,
  shown: GreyWindow | undefined,
  reversed: boolean,
): Partial<ViewSettings> {
  const { window, placement } = settings;
  if (tool === 'pan') return { placement: panned(placement, dx, dy) };
  if (tool === 'zoom') return { placement: zoomed(placement, zoomPerPixel ** -dy, about) };
  const start = window ?? shown;
  return start === undefined ? {} : { window: draggedWindow(start, dx, dy, reversed) };
}

export function fromMiddle(event: { clientX: number; clientY: number; currentTarget: EventTarget | null }): Point {
  if (!(event.currentTarget instanceof Element)) return { x: 0, y: 0 };
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
}
