export const screenNames = ['classify', 'data', 'train', 'runs', 'models', 'settings'] as const;
export type ScreenName = (typeof screenNames)[number];

/** Where in the page one is. `#/runs/compare?ids=a,b` is screen `runs`, parts `['compare']`, query `{ ids: 'a,b' }`. */
export interface Route {
  readonly screen: ScreenName;
  readonly parts: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

/** What is no screen leads to the first one. */
export function parseRoute(fragment: string): Route {
  const [path = '', query = ''] = splitOnce(fragment.replace(/^#?\/?/, ''), '?');
  const [first = '', ...parts] = path.split('/').filter(Boolean).map(decoded);
  const screen = screenNames.find((name) => name === first);
  if (screen === undefined) return { screen: 'classify', parts: [], query: {} };
  return { screen, parts, query: Object.fromEntries(new URLSearchParams(query)) };
}

/** The path of a place, each part escaped; entries of the query that are undefined or empty are left out. */
export function pathOf(
  screen: ScreenName,
  parts: readonly string[] = [],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') asked.set(name, value);
  const path = ['', screen, ...parts.map(encodeURIComponent)].join('/');
  return asked.size === 0 ? path : `${path}?${asked}`;
}

/** For the address of a link. */
export function href(path: string): string {
  return `#${path}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
