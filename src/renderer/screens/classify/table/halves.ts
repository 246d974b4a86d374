/** Letters at the end that stay in sight: the number of a slice and the extension. */
const tailLetters = 12;
/** A shorter start would tell nothing. */
const leastHead = 4;

/** Start and end of a text that may be cut between them; a short one has no end of its own. */
export function halves(text: string): { readonly head: string; readonly tail: string } {
  const letters = [...text];
  const at = letters.length <= tailLetters + leastHead ? letters.length : letters.length - tailLetters;
  return { head: letters.slice(0, at).join(''), tail: letters.slice(at).join('') };
}
