import { type KeyboardEvent, type PointerEvent, useMemo } from 'react';
import type { Step } from '../../../components/image-view/step.ts';
import { classColor } from '../../../format/palette.ts';
import { imageAtHeight, tickRuns } from './tick-runs.ts';
import type { ScanImages } from './use-scan-images.ts';

interface PositionStripProps {
  readonly images: NonNullable<ScanImages['images']>;
  readonly index: number;
  readonly classes: readonly string[];
  onIndex(index: number): void;
  onStep(step: Step): void;
}

const keySteps: Readonly<Record<string, Step>> = {
  ArrowDown: 'next',
  ArrowRight: 'next',
  ArrowUp: 'previous',
  ArrowLeft: 'previous',
  Home: 'first',
  End: 'last',
};

/** Where in its scan the image is, and what was answered along it: the top is the first image. */
export function PositionStrip({ images, index, classes, onIndex, onStep }: PositionStripProps) {
  const runs = useMemo(() => tickRuns(images), [images]);
  const count = images.length;
  const jump = (event: PointerEvent<HTMLElement>): void => {
    if ((event.buttons & 1) === 0) return;
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const at = imageAtHeight((event.clientY - top) / height, count);
    if (at !== index) onIndex(at);
  };
  const press = (event: KeyboardEvent): void => {
    const step = keySteps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onStep(step);
  };
  return (
    <div
      className="h-classify-strip"
      role="slider"
      aria-label="Image of the scan"
      aria-orientation="vertical"
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={index + 1}
      aria-valuetext={`Image ${index + 1} of ${count}, ${images[index]?.class ?? 'refused'}`}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        jump(event);
      }}
      onPointerMove={jump}
    >
      <svg viewBox={`0 0 1 ${count}`} preserveAspectRatio="none" aria-hidden="true">
        {runs.map(({ class: answer, first, count: length }) => (
          <rect
            key={first}
            y={first}
            width={1}
            height={length}
            style={{ fill: answer === null ? '#4a4a4d' : classColor(classes.indexOf(answer)) }}
          />
        ))}
      </svg>
      <span
        className="h-classify-strip-here"
        style={{ top: `${(index / count) * 100}%`, height: `max(3px, ${100 / count}%)` }}
      />
    </div>
  );
}
