/** How a picture lies in its pane. Offsets are CSS pixels from the middle of the pane; turns are quarter turns clockwise. */
export interface Placement {
  /** 1: as large as the pane allows. */
  readonly zoom: number;
  readonly panX: number;
  readonly panY: number;
  readonly turns: number;
  /** Mirrored left to right, before it is turned. */
  readonly mirrored: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** As canvas takes it: x' = a x + c y + e, y' = b x + d y + f. */
export interface Matrix {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export const fitted: Placement = { zoom: 1, panX: 0, panY: 0, turns: 0, mirrored: false };

const leastZoom = 0.25;
const mostZoom = 40;

/** Pane pixels an image pixel takes at zoom 1, so that the whole turned picture is in sight. */
export function fitScale(image: Size, pane: Size, turns: number): number {
  const lies = turns % 2 === 1;
  const width = lies ? image.height : image.width;
  const height = lies ? image.width : image.height;
  return Math.min(pane.width / width, pane.height / height);
}

/** From image pixels to pane pixels; `pixelRatio` pane pixels make one CSS pixel. Whole offsets keep pixel edges sharp. */
export function matrixOf(placement: Placement, image: Size, pane: Size, pixelRatio: number): Matrix {
  const { zoom, panX, panY, turns, mirrored } = placement;
  const scale = fitScale(image, pane, turns) * zoom;
  const cos = [1, 0, -1, 0][turns] ?? 1;
  const sin = [0, 1, 0, -1][turns] ?? 0;
  const flip = mirrored ? -1 : 1;
  const [a, b, c, d] = [cos * flip * scale, sin * flip * scale, -sin * scale, cos * scale];
  const corner = {
    x: pane.width / 2 + panX * pixelRatio - (a * image.width + c * image.height) / 2,
    y: pane.height / 2 + panY * pixelRatio - (b * image.width + d * image.height) / 2,
  };
  return { a, b, c, d, e: Math.round(corner.x), f: Math.round(corner.y) };
}

/** Image pixel under a point of the pane; undefined outside the picture. */
export function pixelAt({ a, b, c, d, e, f }: Matrix, image: Size, point: Point): Point | undefined {
  const area = a * d - b * c;
  const dx = point.x - e;
  const dy = point.y - f;
  const x = Math.floor((d * dx - c * dy) / area);
  const y = Math.floor((a * dy - b * dx) / area);
  return x >= 0 && y >= 0 && x < image.width && y < image.height ? { x, y } : undefined;
}

/** Zooms about a point that stays where it is. */
export function zoomed(placement: Placement, factor: number, about: Point): Placement {
  const zoom = Math.min(mostZoom, Math.max(leastZoom, placement.zoom * factor));
  const ratio = zoom / placement.zoom;
  return {
    ...placement,
    zoom,
    panX: about.x - (about.x - placement.panX) * ratio,
    panY: about.y - (about.y - placement.panY) * ratio,
  };
}

export function panned(placement: Placement, dx: number, dy: number): Placement {
  return { ...placement, panX: placement.panX + dx, panY: placement.panY + dy };
}

/** A quarter turn clockwise of what is seen. */
export function turned(placement: Placement): Placement {
  return { ...placement, turns: (placement.turns + 1) % 4, panX: -placement.panY || 0, panY: placement.panX };
}

/** Left and right of what is seen change places. */
export function flipped(placement: Placement): Placement {
  const { turns, mirrored, panX } = placement;
  return { ...placement, mirrored: !mirrored, turns: (4 - turns) % 4, panX: -panX || 0 };
}
