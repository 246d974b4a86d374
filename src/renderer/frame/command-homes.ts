import type { Command } from '../api.ts';
import { notify } from '../stores/notices.ts';
import { navigate, type ScreenName } from '../stores/route.ts';

/** Screens that answer a command wherever it is asked. */
const homes: Partial<Record<Command, ScreenName>> = {
  'open-folder': 'classify',
  'open-workspace': 'settings',
  licences: 'settings',
};

/** Opens the screen that answers a command; says so where none can. */
export function goToHome(command: Command): boolean {
  const home = homes[command];
  if (home === undefined) {
    notify({ text: 'There is nothing for that on this screen.' });
    return false;
  }
  navigate(`/${home}`);
  return true;
}
