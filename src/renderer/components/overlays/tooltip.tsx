import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import { KeyHint } from '../layout/key-hint.tsx';
import { useOverlayRoot } from './overlay-root.ts';
import './overlays.css';

interface TooltipProps {
  readonly text: string;
  readonly keyHint?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes a ref and can have the focus. */
  readonly children: ReactElement;
}

/** A few words on hover and focus. Never the only place where something stands. */
export function Tooltip({ text, keyHint, side = 'bottom', children }: TooltipProps) {
  const container = useOverlayRoot();
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content className="h-tooltip" side={side} sideOffset={4} collisionPadding={8}>
          {text}
          {keyHint === undefined ? null : <KeyHint keys={keyHint} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Around everything: tooltips that follow one another come without a wait. */
export const TooltipProvider = Radix.Provider;
