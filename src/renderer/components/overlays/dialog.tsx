import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useAction } from '../../transport/use-action.ts';
import { classes } from '../class-names.ts';
import { Button } from '../controls/button.tsx';
import { ErrorNotice } from '../feedback/error-notice.tsx';
import { overlayRoot } from './overlay-root.ts';
import './dialog.css';

interface DialogProps {
  readonly open: boolean;
  onClose(): void;
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons, the main one last. */
  readonly footer?: ReactNode;
  readonly size?: 'small' | 'medium' | 'large';
  /** Text without controls of its own: the keyboard reaches it to scroll. */
  readonly isText?: boolean;
  readonly children?: ReactNode;
}

/** A modal window of the page: the browser's own, so that focus and Esc are its own too. */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

function OpenDialog(props: Omit<DialogProps, 'open'>) {
  const { onClose, title, description, footer, size = 'medium', isText = false, children } = props;
  const id = useId();
  const frame = useRef<HTMLDialogElement>(null);
  const [root, setRoot] = useState<HTMLElement | null>(null);
  useLayoutEffect(() => {
    const dialog = frame.current;
    dialog?.showModal();
    setRoot(dialog);
    // Closing before React takes the element away is what gives the focus back.
    return () => dialog?.close();
  }, []);
  useEffect(() => {
    if (root !== null) firstStop(root).focus();
  }, [root]);
  return (
    <dialog
      ref={frame}
      tabIndex={-1}
      className={classes('h-dialog', `h-dialog-${size}`)}
      aria-labelledby={`${id}title`}
      aria-describedby={description === undefined ? undefined : `${id}text`}
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <header className="h-dialog-head">
        <h2 id={`${id}title`}>{title}</h2>
        {/* Without a tooltip: Esc would close that first, and the dialog only the second time. */}
        <button type="button" className="h-button h-button-icon h-button-quiet" aria-label="Close" onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      <div
        className="h-dialog-body"
        {...(isText ? { tabIndex: 0, role: 'region', 'aria-labelledby': `${id}title` } : {})}
      >
        {description === undefined ? null : (
          <div id={`${id}text`} className="h-dialog-text">
            {description}
          </div>
        )}
        <overlayRoot.Provider value={root}>{root === null ? null : children}</overlayRoot.Provider>
      </div>
      {footer === undefined ? null : <footer className="h-dialog-foot">{footer}</footer>}
    </dialog>
  );
}

const stops = ['.h-dialog-body', '.h-dialog-foot'].map(
  (part) => `${part} :is(input, select, textarea, button, a[href])`,
);

/** Where the focus goes first: the content, else the buttons, else the dialog itself. */
function firstStop(dialog: HTMLElement): HTMLElement {
  for (const stop of stops) {
    const found = dialog.querySelector<HTMLElement>(stop);
    if (found !== null) return found;
  }
  return dialog;
}

interface ConfirmDialogProps {
  readonly open: boolean;
  onClose(): void;
  readonly title: string;
  /** What will happen, and what it cannot undo. */
  readonly text: ReactNode;
  readonly confirmLabel: string;
  readonly danger?: boolean;
  /** The dialog closes when it is done; an error stays in it. */
  onConfirm(): void | Promise<void>;
}

export function ConfirmDialog({
  open,
  onClose,
  title,
  text,
  confirmLabel,
  danger = false,
  onConfirm,
}: ConfirmDialogProps) {
  const { run, busy, error, clear } = useAction(async () => {
    await onConfirm();
    onClose();
  });
  const close = (): void => {
    clear();
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      description={text}
      size="small"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void run()}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {error === undefined ? null : <ErrorNotice error={error} compact />}
    </Dialog>
  );
}
