/** Indices of the most probable classes, in the order of the classes, so that a class keeps its place from image to image. */
export function likeliest(probabilities: readonly number[], most: number): number[] {
  return probabilities
    .map((probability, index) => ({ probability, index }))
    .sort((a, b) => b.probability - a.probability || a.index - b.index)
    .slice(0, most)
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}
