import { type DragEvent, useRef, useState } from 'react';

/** Handlers for an element that files can be dropped on, and whether some are held over it right now. */
export function useDragOver(disabled: boolean, onDrop: (data: DataTransfer) => void) {
  const [over, setOver] = useState(false);
  // Children send their own enter and leave events: only the balance tells whether the pointer is still inside.
  const depth = useRef(0);
  const holdsFiles = (event: DragEvent): boolean => !disabled && event.dataTransfer.types.includes('Files');
  const handlers = {
    onDragEnter: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth.current++;
      setOver(true);
    },
    onDragOver: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDragLeave: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth.current = 0;
      setOver(false);
      onDrop(event.dataTransfer);
    },
  };
  return { over, handlers };
}
