/** Filter for runs whose name holds the text; every run where it is empty. */
export function nameFilter(text: string): string {
  const part = text.trim();
  return part === '' ? '' : `name ~ "${part.replace(/[\\"]/g, '\\$&')}"`;
}
