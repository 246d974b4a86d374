import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { z } from 'zod';
import { useStore } from 'zustand';
import type { ImageRef } from '../../api.ts';
import { setPref, usePref } from '../../stores/prefs.ts';
import { useRemembered } from '../../stores/remembered.ts';
import { classes } from '../class-names.ts';
import { ErrorNotice } from '../feedback/error-notice.tsx';
import { initialWindow } from './grey-window.ts';
import { HeatBar } from './heat/heat-bar.tsx';
import { type HeatView, useHeat } from './heat/use-heat.ts';
import { ImageTools } from './image-tools.tsx';
import { Overlay } from './overlay.tsx';
import type { LoadedView } from './pixels.ts';
import { matrixOf } from './placement.ts';
import { Readout } from './readout.tsx';
import { createSettings, freshSettings } from './settings-store.ts';
import type { Step } from './step.ts';
import { useCanvasSize } from './use-canvas-size.ts';
import { useImageKeys } from './use-image-keys.ts';
import { usePicture } from './use-picture.ts';
import { usePointerTools } from './use-pointer-tools.ts';
import { useView } from './use-view.ts';
import { useWheel } from './use-wheel.ts';
import { useZoomKey } from './use-zoom-key.ts';
import './image-view.css';

/** What stands over the image in its upper corners. */
export interface ImageOverlay {
  /** Where in its scan it is: `Image 12 of 48`. */
  readonly position?: string | undefined;
  /** Shown only when the reader wants file names over images. */
  readonly file?: string | undefined;
  readonly answer?: ReactNode;
}

interface ImageViewProps {
  readonly image: ImageRef;
  /** Name of the image for those who do not see it. */
  readonly label: string;
  /** Window, zoom and turn stay while this stays the same: one scan. */
  readonly series: string;
  readonly overlay?: ImageOverlay;
  /** Images that may be looked at next: brought beforehand. */
  readonly ahead?: readonly ImageRef[];
  /** Without: the image stands alone, and its keys of movement do nothing. */
  onStep?(step: Step): void;
  readonly fullScreen?: boolean;
  onFullScreen?(): void;
  /** Model that heat maps explain; left out: the one that answered, else the one that Classify starts with. */
  readonly model?: string | null;
  /** False: there is no model whose heat maps could be shown. */
  readonly heatMaps?: boolean;
  /** Beside the picture: where one is in the scan. */
  readonly side?: ReactNode;
  /** What must be known of a picture that is there. */
  readonly note?: ReactNode;
  /** Shown where the picture cannot be; else the core's sentence. */
  readonly failed?: ReactNode;
}

const none: readonly ImageRef[] = [];

/** One image as a viewer shows it: window and level, zoom, turn, steps through its scan. */
export function ImageView(props: ImageViewProps) {
  const { image, label, series, overlay = {}, ahead = none, onStep, fullScreen = false, onFullScreen } = props;
  const { side, note, failed, model = null, heatMaps = true } = props;
  const settings = useMemo(createSettings, []);
  const { window, inverted, placement } = useStore(settings);
  const { state, retry } = useView(image, ahead);
  const view = state.is === 'there' ? state.view : undefined;
  const shown = view === undefined ? undefined : (window ?? initialWindow(view));
  const isHounsfield = view?.domain === 'hounsfield';
  const overlays = useOverlays();
  const zoomKey = useZoomKey();
  const heat = useHeat(image, model);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scan starts afresh
  useEffect(() => settings.setState(freshSettings), [settings, series]);
  useImageKeys({
    settings,
    isHounsfield,
    zoomKey,
    onStep,
    toggleFacts: overlays.toggleFacts,
    toggleHeat: heatMaps ? heat.toggle : undefined,
    onFullScreen,
  });

  return (
    <section className="h-image" aria-label="Image">
      <ImageTools
        {...{ settings, window: shown, isHounsfield, inverted, mirrored: placement.mirrored, fullScreen, onFullScreen }}
        {...overlays}
        heat={heatMaps ? heat : undefined}
        hasFileName={overlay.file !== undefined}
      />
      {state.is === 'there' ? note : null}
      <HeatBar view={heat} />
      <div className="h-image-stage">
        <Stage {...{ label, settings, view, shown, zoomKey, overlay, overlays, heat, onStep, onFullScreen }} />
        {state.is === 'loading' ? <p className="h-image-wait">Loading</p> : null}
        {state.is === 'failed' ? (
          <div className="h-image-failed">{failed ?? <ErrorNotice error={state.error} onRetry={retry} />}</div>
        ) : null}
        {side}
      </div>
    </section>
  );
}

function useOverlays() {
  const fileName = usePref('showFileNames');
  const [facts, onFacts] = useRemembered('image.facts', z.boolean(), true);
  const onFileName = (shown: boolean): void => setPref('showFileNames', shown);
  return { facts, onFacts, fileName, onFileName, toggleFacts: () => onFacts(!facts) };
}

interface StageProps {
  readonly label: string;
  readonly settings: ReturnType<typeof createSettings>;
  readonly view: LoadedView | undefined;
  readonly shown: ReturnType<typeof initialWindow> | undefined;
  readonly zoomKey: ReturnType<typeof useZoomKey>;
  readonly overlay: ImageOverlay;
  readonly overlays: ReturnType<typeof useOverlays>;
  readonly heat: HeatView;
  readonly onStep: ((step: Step) => void) | undefined;
  readonly onFullScreen: (() => void) | undefined;
}

/** The picture itself, with what the pointer does to it. */
function Stage(props: StageProps) {
  const { label, settings, view, shown, zoomKey, overlay, overlays, heat, onStep, onFullScreen } = props;
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useCanvasSize(canvas);
  const { inverted, placement } = useStore(settings);
  const { tool, pointer, handlers } = usePointerTools({ settings, window: shown, zoomKey });
  useWheel(stage, settings, onStep);
  const map = heat.on && heat.heat?.state === 'explained' ? heat.heat.map : undefined;
  usePicture(canvas, { view, window: shown, inverted, placement, size, heat: map, heatOpacity: heat.opacity });
  const matrix = view === undefined ? undefined : matrixOf(placement, view, size, size.pixelRatio);
  return (
    <div
      ref={stage}
      className={classes('h-image-pane', tool !== null && `h-image-${tool}`)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the place where the keys of the image are at home
      tabIndex={0}
      role="img"
      aria-label={label}
      onContextMenu={(event) => event.preventDefault()}
      onMouseDown={(event) => event.button === 1 && event.preventDefault()}
      onDoubleClick={onFullScreen}
      {...handlers}
    >
      <canvas ref={canvas} className="h-image-canvas" />
      <Overlay
        topLeft={
          <>
            {overlay.position === undefined ? null : <div>{overlay.position}</div>}
            {overlays.fileName ? <div className="h-wrap">{overlay.file}</div> : null}
          </>
        }
        topRight={overlay.answer === undefined ? null : <div>{overlay.answer}</div>}
        bottomLeft={
          view === undefined || shown === undefined || matrix === undefined ? null : (
            <Readout view={view} window={shown} matrix={matrix} pointer={inDevicePixels(pointer, size.pixelRatio)} />
          )
        }
        bottomRight={
          overlays.facts ? view?.facts.map(({ name, value }) => <div key={name}>{`${name} ${value}`}</div>) : null
        }
      />
    </div>
  );
}

function inDevicePixels(point: { x: number; y: number } | null, pixelRatio: number) {
  return point === null ? null : { x: point.x * pixelRatio, y: point.y * pixelRatio };
}
