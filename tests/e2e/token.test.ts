import { expect } from 'vitest';
import { describeApp } from '../helpers/app.ts';

describeApp('a page without the right token', (spec) => {
  spec('that was opened without one says where to find it, and asks the core nothing', async ({ serving, open }) => {
    const { page } = await open('about:blank');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${serving.origin}/`);
    await page.getByText('Open the address that the program printed').waitFor();
    expect(await page.getByText('Research use only').count()).toBe(1);
    expect(asked.filter((path) => path.startsWith('/api'))).toEqual([]);
  });

  spec('that has another one is refused, says so, and shows nothing of the workspace', async (app) => {
    const { serving, open, folder } = app;
    app.expectProblems(/401|WebSocket connection to/);
    const { page } = await open(`${serving.origin}/#token=another-token-0123456789abcdef`);
    await page.getByText('access/refused').first().waitFor();
    expect(await page.getByText('Research use only').count()).toBe(1);
    expect(await page.locator('body').textContent()).not.toContain(folder);
  });
});
