import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import { classes } from '../class-names.ts';
import { KeyHint } from '../layout/key-hint.tsx';
import { useOverlayRoot } from './overlay-root.ts';
import './overlays.css';

export interface MenuAction {
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly keyHint?: string;
  run(): void;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** Given: the entry is a switch and shows its state. */
  readonly checked?: boolean;
}
export type MenuItem = MenuAction | 'separator' | { readonly heading: string };

interface MenuProps {
  /** A button of this kit. */
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
  readonly label?: string;
  readonly align?: 'start' | 'center' | 'end';
}

export function Menu({ trigger, items, label, align = 'end' }: MenuProps) {
  const container = useOverlayRoot();
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content className="h-menu" aria-label={label} align={align} sideOffset={4} collisionPadding={8} loop>
          {items.map((item, index) => (
            <Entry key={keyOf(item, index)} item={item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function keyOf(item: MenuItem, index: number): string {
  if (item === 'separator') return `separator ${index}`;
  return 'heading' in item ? `heading ${item.heading}` : item.label;
}

function Entry({ item }: { readonly item: MenuItem }) {
  if (item === 'separator') return <Radix.Separator className="h-menu-line" />;
  if ('heading' in item) return <Radix.Label className="h-menu-heading">{item.heading}</Radix.Label>;
  const { label, icon: Icon, keyHint, run, danger, disabled = false, checked } = item;
  const look = classes('h-menu-item', danger && 'h-menu-danger');
  const content = (
    <>
      <span className="h-menu-icon">
        {checked === true ? <Check size={15} aria-hidden="true" /> : null}
        {checked === undefined && Icon !== undefined ? <Icon size={15} aria-hidden="true" /> : null}
      </span>
      <span className="h-menu-text">{label}</span>
      {keyHint === undefined ? null : <KeyHint keys={keyHint} />}
    </>
  );
  if (checked === undefined) {
    return (
      <Radix.Item className={look} disabled={disabled} onSelect={run}>
        {content}
      </Radix.Item>
    );
  }
  return (
    <Radix.CheckboxItem className={look} disabled={disabled} checked={checked} onSelect={run}>
      {content}
    </Radix.CheckboxItem>
  );
}
