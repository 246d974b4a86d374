import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { hiddenFocus, isFocused, noteLooks } from './in-page.mjs';

/** The focused element is ringed, and was not before it had the focus. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  expect(await page.evaluate(hiddenFocus)).toBeNull();
}

export async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) > 0 && (await target.first().evaluate(isFocused));
}

const mostStops = 120;

/** Presses Tab until the target has the focus, as somebody without a mouse would; the focus is in sight at each stop. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.first().waitFor();
  for (let stops = 0; stops < mostStops; stops++) {
    if (await hasFocus(target)) return;
    await page.evaluate(noteLooks);
    await page.keyboard.press(key);
    await expectVisibleFocus(page);
  }
  throw new Error(`${mostStops} presses of ${key} did not lead to ${target}`);
}

/** Tab to it, then Enter. */
export async function tabAndEnter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Keys one after the other, with blanks between them: `g c`, `ArrowDown Enter`. */
export async function keys(page: Page, sequence: string): Promise<void> {
  for (const key of sequence.split(' ')) await page.keyboard.press(key);
}

/** Chooses an entry of the menu that is open, by arrows. */
export async function arrowToEntry(page: Page, name: string | RegExp): Promise<void> {
  const entry = page.getByRole('menuitem', { name });
  await entry.waitFor();
  for (let presses = 0; presses < 30; presses++) {
    if (await hasFocus(entry)) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no entry ${name}`);
}
