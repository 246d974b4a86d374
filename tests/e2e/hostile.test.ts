import type { Page } from 'playwright';
import { expect } from 'vitest';
import { describeApp } from '../helpers/app.ts';
import { goAway, traces } from '../helpers/in-page.mjs';
import { hostileUrls } from '../main/app/hostile-urls.ts';

type Way = Parameters<typeof goAway>[0]['way'];

async function attempt(page: Page, way: Way, address: string): Promise<void> {
  // One that stays on this origin may load the page anew, in the middle of the call.
  await page.evaluate(goAway, { way, address }).catch(() => undefined);
}

const isOwn = (address: string, here: string): boolean => URL.parse(address, here)?.origin === new URL(here).origin;
const nav = (page: Page) => page.getByRole('navigation', { name: 'Screens' });
/** Words of the browser about what it refuses by itself. */
const refusals =
  /Not allowed to (load|navigate|launch)|Failed to launch|content security policy|Content Security Policy/;

describeApp('hostile addresses', (spec) => {
  for (const way of ['link', 'assign', 'replace', 'route', 'window'] as const) {
    spec(
      `[A4] 200 of them lead nowhere by ${way}`,
      async (app) => {
        const { page, serving } = app;
        app.expectProblems(refusals);
        // A window of its own is the browser's business; nothing of it reaches the network here.
        if (way === 'window') {
          app.expectProblems(/^request: /);
          await page.context().route(
            (url) => url.origin !== serving.origin,
            (route) => route.abort(),
          );
          page.on('popup', (popup) => void popup.close());
        }
        for (const address of hostileUrls) {
          await attempt(page, way, address);
          // Loaded anew, the page stands guard again only when its script has run.
          if (way !== 'window' && isOwn(address, page.url())) await nav(page).waitFor();
          expect(page.url(), `${way} ${address}`).toMatch(new RegExp(`^${serving.origin}/`));
        }
        await page.goto('about:blank');
        await page.goto(serving.url);
        await nav(page).waitFor();
        expect(await page.evaluate(traces)).toEqual({ flag: null, planted: 0, outward: [] });
      },
      { firstRun: false },
    );
  }
});
