/** Name of a network's input, as an input of nodes. */
export const inputName = 'input';

/** Node names of the head: what training changes while the backbone is frozen. */
export const headNames = { dropout: 'head_dropout', hidden: 'head_hidden', output: 'head' } as const;

/** Whether a node of that name is a dense layer of the head. */
export function isHeadNode(name: string): boolean {
  return name === headNames.hidden || name === headNames.output;
}
