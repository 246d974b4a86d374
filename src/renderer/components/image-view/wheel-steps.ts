/** A notch of a mouse wheel; touchpads send many smaller ones, which add up. */
const notchPx = 40;

export interface WheelSteps {
  /** Whole steps that this event makes: down is positive. */
  readonly steps: number;
  /** What is left over for the next event. */
  readonly rest: number;
}

/** Steps through a scan by wheel: one a notch, however far the notch is said to scroll. */
export function wheelSteps(rest: number, deltaY: number, deltaMode: number): WheelSteps {
  if (deltaY === 0) return { steps: 0, rest };
  const direction = Math.sign(deltaY);
  if (deltaMode !== 0 || Math.abs(deltaY) >= notchPx) return { steps: direction, rest: 0 };
  const sum = (Math.sign(rest) === -direction ? 0 : rest) + deltaY;
  return Math.abs(sum) < notchPx ? { steps: 0, rest: sum } : { steps: direction, rest: 0 };
}
