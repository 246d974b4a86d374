/** What a handler may want to know of the press. */
export interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** One thing that a key does, or that only the palette offers. */
export interface KeyBinding {
  /** In the notation of tinykeys: `j`, `$mod+f`, `g c`, `Shift+ArrowDown`, `?`. Without: only in the palette. */
  readonly keys?: string;
  readonly title: string;
  /** Heading in the list of keys. */
  readonly group: string;
  /** Without a press when it was chosen from the palette. */
  run(event?: PressedKey): void;
  /** Default true. */
  readonly enabled?: boolean;
  /** Also works while a modal dialog is open. */
  readonly inDialog?: boolean;
}

/** All bindings that parts of the page have registered; those of one part come and go together. */
export interface KeyRegistry {
  /** @returns how to take them out again */
  add(bindings: () => readonly KeyBinding[]): () => void;
  /** Enabled ones in the order of registration; of several with the same keys only the newest. */
  active(): readonly KeyBinding[];
}

export function createKeyRegistry(): KeyRegistry {
  const sources = new Set<() => readonly KeyBinding[]>();
  return {
    add: (bindings) => {
      sources.add(bindings);
      return () => sources.delete(bindings);
    },
    active: () => newestOfEach([...sources].flatMap((source) => source())),
  };
}

function newestOfEach(bindings: readonly KeyBinding[]): KeyBinding[] {
  const enabled = bindings.filter((binding) => binding.enabled !== false);
  const newest = new Map(enabled.map((binding) => [nameOf(binding), binding]));
  return enabled.filter((binding) => newest.get(nameOf(binding)) === binding);
}

function nameOf({ keys, group, title }: KeyBinding): string {
  return keys === undefined ? `${group}\n${title}` : normalKeys(keys);
}

/**
 * The same keys are written the same way, and signs such as `?` or `+` match with and without Shift, which depends on the
 * keyboard's layout.
 */
export function normalKeys(keys: string): string {
  return keys.trim().split(/\s+/).map(normalPress).join(' ');
}

function normalPress(press: string): string {
  const name = press.toLowerCase() === 'space' ? 'Space' : press;
  return /^[^\w\s]$/.test(name) ? `[Shift]+${name}` : name;
}
