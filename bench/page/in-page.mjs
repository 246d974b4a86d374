/**
 * Functions that run inside the page; plain JavaScript, since the browser gets their text.
 */

/** Two frames after the last change: what was changed has been painted. */
const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

/** @returns milliseconds from the start of the page to its first contentful paint */
export async function firstPaint() {
  for (;;) {
    const [entry] = performance.getEntriesByName('first-contentful-paint');
    if (entry !== undefined) return entry.startTime;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

const isLoaded = () =>
  document.querySelector('[role="grid"] tbody tr') !== null && document.querySelector('.h-table-skeleton') === null;

/** Resolves when the table shows rows, all of them loaded. */
export async function rowsThere() {
  while (!isLoaded()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/**
 * Does something and waits until the table shows other rows or another order, all rows loaded, and they are painted. The
 * table follows the chosen row, so that another order may show the same rows.
 * @returns milliseconds
 */
export async function timeToRows(deed) {
  // Asked for anew each time: another order may put another table in the place of the first.
  const all = (part) => [...document.querySelectorAll(`[role="grid"] ${part}`)];
  const text = () =>
    all('thead th')
      .map((heading) => heading.ariaSort ?? '')
      .join(' ') +
    all('tbody tr')
      .map((row) => row.textContent)
      .join('\n');
  // A heading that is just being drawn anew would miss the press.
  await painted();
  const before = text();
  const startedMs = performance.now();
  deed();
  for (;;) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = text();
    if (isLoaded() && now !== before) break;
    if (performance.now() - startedMs > 10_000) throw new Error('the rows did not change');
  }
  await new Promise((resolve) => requestAnimationFrame(resolve));
  return performance.now() - startedMs;
}

/** Scrolls a table evenly for some seconds. @returns milliseconds of each frame */
export async function scrollFrames(seconds) {
  const scroller = [...document.querySelectorAll('[role="grid"], [role="grid"] *')]
    .concat([...document.querySelectorAll('div')])
    .find((each) => each.scrollHeight > 100_000 && each.clientHeight > 100);
  const frames = [];
  await painted();
  let last = performance.now();
  const end = last + seconds * 1000;
  while (last < end) {
    scroller.scrollTop += 90;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  return frames;
}
