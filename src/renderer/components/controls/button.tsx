import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps, MouseEvent } from 'react';
import { classes } from '../class-names.ts';
import { KeyHint } from '../layout/key-hint.tsx';
import { Tooltip } from '../overlays/tooltip.tsx';
import './button.css';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: ButtonKind;
  readonly icon?: LucideIcon;
  /** Work is under way: shown, and presses are ignored without losing the focus. */
  readonly busy?: boolean;
  readonly keyHint?: string;
}

export function Button({
  kind = 'plain',
  icon,
  busy = false,
  keyHint,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const Icon = busy ? LoaderCircle : icon;
  return (
    <button
      type="button"
      {...rest}
      className={classes('h-button', `h-button-${kind}`, busy && 'h-button-busy', className)}
      aria-disabled={busy || rest['aria-disabled']}
      onClick={unlessBusy(busy, onClick)}
    >
      {Icon === undefined ? null : <Icon size={15} aria-hidden="true" />}
      <span>{children}</span>
      {keyHint === undefined ? null : <KeyHint keys={keyHint} />}
    </button>
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** Name of the button, also its tooltip. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly kind?: ButtonKind;
  readonly busy?: boolean;
  /** Given: the button is a switch. */
  readonly pressed?: boolean;
  readonly keyHint?: string;
}

export function IconButton(props: IconButtonProps) {
  const { label, icon, kind = 'quiet', busy = false, pressed, keyHint, className, onClick, ...rest } = props;
  const Icon = busy ? LoaderCircle : icon;
  return (
    <Tooltip text={label} keyHint={keyHint}>
      <button
        type="button"
        {...rest}
        className={classes('h-button', 'h-button-icon', `h-button-${kind}`, busy && 'h-button-busy', className)}
        aria-label={label}
        aria-pressed={pressed}
        aria-disabled={busy || rest['aria-disabled']}
        onClick={unlessBusy(busy, onClick)}
      >
        <Icon size={16} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}

interface LinkButtonProps extends ComponentProps<'a'> {
  readonly kind?: ButtonKind;
  readonly icon?: LucideIcon;
}

/** Leads somewhere, and looks like a button. */
export function LinkButton({ kind = 'plain', icon: Icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <a {...rest} className={classes('h-button', `h-button-${kind}`, className)}>
      {Icon === undefined ? null : <Icon size={15} aria-hidden="true" />}
      <span>{children}</span>
    </a>
  );
}

type Press = (event: MouseEvent<HTMLButtonElement>) => void;

function unlessBusy(busy: boolean, onClick: Press | undefined): Press {
  return (event) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
}
