import { FolderOpen, Upload } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { Input } from '../../api.ts';
import { formatBytes } from '../../format/numbers.ts';
import { useApp } from '../../stores/app.ts';
import { classes } from '../class-names.ts';
import { Button } from '../controls/button.tsx';
import { ProgressBar } from '../feedback/progress-bar.tsx';
import { FolderPicker } from './folder-picker.tsx';
import { useDragOver } from './use-drag-over.ts';
import { type Sending, useDropped } from './use-dropped.ts';
import { filesOfInput } from './walk-entries.ts';
import './files.css';

interface DropZoneProps {
  /** A folder that the core can read: chosen, dropped, or sent. */
  onFolder(path: string): void;
  readonly purpose: Input<'folders/pick'>['purpose'];
  readonly title: string;
  readonly text?: ReactNode;
  /** Given: nothing is shown but them, and the title over them while something is held above. */
  readonly children?: ReactNode;
  readonly compact?: boolean;
  readonly disabled?: boolean;
  /** Further buttons. */
  readonly actions?: ReactNode;
}

/** Takes folders and files from the file manager; the same by buttons. */
export function DropZone(props: DropZoneProps) {
  const { onFolder, purpose, title, text, children, compact = false, disabled = false, actions } = props;
  const { sending, send, drop } = useDropped(onFolder);
  const { over, handlers } = useDragOver(disabled || sending !== null, (data) => void drop(data));
  if (children !== undefined) {
    return (
      <div className="h-drop-around" {...handlers}>
        {children}
        {over ? <div className="h-drop-over">{title}</div> : null}
        {sending === null ? null : (
          <div className="h-drop-over h-drop-sending">
            <SendingBar sending={sending} />
          </div>
        )}
      </div>
    );
  }
  return (
    <div className={classes('h-drop', compact && 'h-drop-compact', over && 'h-drop-held')} {...handlers}>
      <FolderOpen size={compact ? 20 : 28} strokeWidth={1.5} aria-hidden="true" />
      <div className="h-drop-title">{title}</div>
      {text === undefined ? null : <div className="h-drop-text">{text}</div>}
      {sending === null ? (
        <div className="h-drop-actions">
          <Ways purpose={purpose} disabled={disabled} onFolder={onFolder} onFiles={(files) => void send(files)} />
          {actions}
        </div>
      ) : (
        <SendingBar sending={sending} />
      )}
    </div>
  );
}

function SendingBar({ sending: { doneBytes, totalBytes, cancel } }: { readonly sending: Sending }) {
  return (
    <div className="h-drop-bar">
      <ProgressBar
        label="Sending files"
        fraction={totalBytes === 0 ? null : doneBytes / totalBytes}
        text={`${formatBytes(doneBytes)} of ${formatBytes(totalBytes)} sent`}
      />
      <Button onClick={cancel}>Cancel</Button>
    </div>
  );
}

interface WaysProps {
  readonly purpose: DropZoneProps['purpose'];
  readonly disabled: boolean;
  onFolder(path: string): void;
  onFiles(files: ReturnType<typeof filesOfInput>): void;
}

/** The buttons: a folder that the core sees, and in a browser one of the user's own machine. */
function Ways({ purpose, disabled, onFolder, onFiles }: WaysProps) {
  const { canUpload } = useApp();
  const [picking, setPicking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind="primary" icon={FolderOpen} disabled={disabled} onClick={() => setPicking(true)}>
        Choose folder
      </Button>
      <FolderPicker open={picking} onClose={() => setPicking(false)} onPick={onFolder} purpose={purpose} />
      {canUpload ? (
        <>
          <Button icon={Upload} disabled={disabled} onClick={() => input.current?.click()}>
            Send from this computer
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            multiple
            webkitdirectory=""
            onChange={(event) => {
              const { files } = event.target;
              if (files !== null && files.length > 0) onFiles(filesOfInput(files));
              event.target.value = '';
            }}
          />
        </>
      ) : null}
    </>
  );
}
