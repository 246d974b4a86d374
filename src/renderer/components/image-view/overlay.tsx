import type { ReactNode } from 'react';

interface OverlayProps {
  readonly topLeft?: ReactNode;
  readonly topRight?: ReactNode;
  readonly bottomLeft?: ReactNode;
  readonly bottomRight?: ReactNode;
}

/** Small grey texts in the corners of an image. */
export function Overlay({ topLeft, topRight, bottomLeft, bottomRight }: OverlayProps) {
  return (
    <div className="h-image-overlay">
      <div className="h-image-corner h-image-top">{topLeft}</div>
      <div className="h-image-corner h-image-top h-image-end">{topRight}</div>
      <div className="h-image-corner h-image-bottom">{bottomLeft}</div>
      <div className="h-image-corner h-image-bottom h-image-end">{bottomRight}</div>
    </div>
  );
}
