import { createKeybindingsHandler } from 'tinykeys';
import { createKeyRegistry, type KeyBinding, normalKeys } from './registry.ts';

export const registry = createKeyRegistry();

let handler: ((event: KeyboardEvent) => void) | undefined;
let handledKeys = '';

/** Listens to all keys of the page; once, at the start. */
export function startKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (!event.defaultPrevented) handlerNow()(event);
  });
}

/** One that knows the keys registered now; a sequence that has begun is kept as long as the keys stay the same. */
function handlerNow(): (event: KeyboardEvent) => void {
  const keys = registry.active().flatMap((binding) => (binding.keys === undefined ? [] : [normalKeys(binding.keys)]));
  // Only the first that fits is run: the `c` of `g c` is not the key `c`.
  keys.sort((a, b) => b.split(' ').length - a.split(' ').length);
  const named = keys.join('\n');
  if (handler === undefined || named !== handledKeys) {
    handledKeys = named;
    handler = createKeybindingsHandler(
      Object.fromEntries(keys.map((each) => [each, (event: KeyboardEvent) => runNewest(each, event)])),
      { ignore: (event) => event.isComposing },
    );
  }
  return handler;
}

function runNewest(keys: string, event: KeyboardEvent): void {
  const binding = registry.active().find((each) => each.keys !== undefined && normalKeys(each.keys) === keys);
  if (binding === undefined || isMeantElsewhere(binding, event)) return;
  event.preventDefault();
  binding.run(event);
}

const textFields = 'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]';

function isMeantElsewhere(binding: KeyBinding, event: KeyboardEvent): boolean {
  if (binding.inDialog !== true && document.querySelector('dialog:modal') !== null) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target === null) return false;
  if (target.closest('[role=menu]') !== null) return true;
  if (target.closest(textFields) !== null) return !event.ctrlKey && !event.metaKey;
  return isPress(event) && target.closest('button, a[href], summary, input, [role=tab]') !== null;
}

/** Keys that press a focused button. */
function isPress(event: KeyboardEvent): boolean {
  return (event.key === 'Enter' || event.key === ' ') && !event.ctrlKey && !event.metaKey;
}
