/**
 * What the help text says of one option: `holdout: train, validation and test. k-fold: …` is a part for each. The whole text
 * where it is not written so.
 */
export function helpFor(help: string, options: readonly string[], chosen: unknown): string {
  const starts = options.map((option) => ({ option, at: startOf(help, option) }));
  if (starts.some(({ at }) => at < 0)) return help;
  const before = help.slice(0, Math.min(...starts.map(({ at }) => at))).trim();
  const own = starts.find(({ option }) => option === chosen);
  if (own === undefined) return help;
  const from = own.at + own.option.length + 1;
  const next = Math.min(help.length, ...starts.map(({ at }) => at).filter((at) => at > own.at));
  const text = help.slice(from, next).trim();
  return [before, text.charAt(0).toUpperCase() + text.slice(1)].filter((part) => part !== '').join(' ');
}

/** Where `option:` begins a sentence. */
function startOf(help: string, option: string): number {
  if (help.startsWith(`${option}:`)) return 0;
  const at = help.indexOf(`. ${option}:`);
  return at < 0 ? at : at + 2;
}
