import type { Timers } from './timers.ts';

const tickMs = 1000;

/**
 * Calls `onSilence` when nothing was heard for a number of seconds in which this process was awake. Ticks are counted
 * and not the clock: after a suspend one tick has passed, whatever the clock says, and a healthy worker is left alone.
 */
export function watchdog(silentSeconds: number, timers: Timers, onSilence: () => void) {
  let silentTicks = 0;
  let takeBack = timers.after(tickMs, tick);
  function tick(): void {
    silentTicks++;
    if (silentTicks >= silentSeconds) onSilence();
    else takeBack = timers.after(tickMs, tick);
  }
  return {
    heard(): void {
      silentTicks = 0;
    },
    stop(): void {
      takeBack();
    },
  };
}
