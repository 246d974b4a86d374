/** A reason why a way to the library is closed, said to the user; the next way is tried. */
export class Unavailable extends Error {}

/** One line to stderr. */
export const say = (sentence) => process.stderr.write(`setup: ${sentence}\n`);
