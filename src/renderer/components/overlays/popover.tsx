import { Popover as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classes } from '../class-names.ts';
import { useOverlayRoot } from './overlay-root.ts';
import './overlays.css';

interface PopoverProps {
  /** A button of this kit. */
  readonly trigger: ReactElement;
  /** Name of what opens. */
  readonly label: string;
  readonly children: ReactNode;
  readonly open?: boolean;
  onOpenChange?(open: boolean): void;
  readonly align?: 'start' | 'center' | 'end';
  readonly wide?: boolean;
}

/** Content beside its button; the page stays usable. Esc closes and gives the focus back. */
export function Popover({ trigger, label, children, open, onOpenChange, align = 'start', wide = false }: PopoverProps) {
  const container = useOverlayRoot();
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content
          className={classes('h-popover', wide && 'h-popover-wide')}
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
