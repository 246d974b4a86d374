/** Far longer than any passphrase. */
const longestLine = 4096;

/** The first line of a stream that is no terminal; undefined: nothing came. What is typed at a terminal would be seen. */
export async function oneLine(stream: NodeJS.ReadStream): Promise<string | undefined> {
  if (stream.isTTY) return undefined;
  let text = '';
  for await (const piece of stream) {
    text += String(piece);
    if (text.includes('\n') || text.length > longestLine) break;
  }
  return text.split(/\r?\n/, 1)[0] || undefined;
}
