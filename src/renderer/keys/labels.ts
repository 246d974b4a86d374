const plain: Readonly<Record<string, string>> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  escape: 'Esc',
  space: 'Space',
  ' ': 'Space',
  enter: 'Enter',
  delete: 'Del',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  control: 'Ctrl',
};
const mac: Readonly<Record<string, string>> = { $mod: '⌘', shift: '⇧', alt: '⌥', meta: '⌘' };
const other: Readonly<Record<string, string>> = { $mod: 'Ctrl', shift: 'Shift', alt: 'Alt', meta: 'Meta' };

/** How keys are printed on their caps, one text a cap: `$mod+f` is `['Ctrl', 'F']`. */
export function keyLabels(keys: string, onMac: boolean = isMac()): string[] {
  return keys.split(' ').flatMap((press) => press.split(/(?<=[\w\]])\+/).map((key) => labelOf(key, onMac)));
}

function labelOf(key: string, onMac: boolean): string {
  const name = key.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const known = (onMac ? mac : other)[name] ?? plain[name];
  if (known !== undefined) return known;
  const letter = /^(?:key|digit)([a-z0-9])$/.exec(name)?.[1];
  if (letter !== undefined) return letter.toUpperCase();
  return key.length === 1 ? key.toUpperCase() : key;
}

function isMac(): boolean {
  return typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac');
}
