/** Bins of equal width over the probability of the predicted class: ((m - 1)/15, m/15], as Guo et al. 2017. */
export const calibrationBins = 15;

/** Bin of a probability 0..1; 0 falls into the first. Edges are m/15 in float64. */
export function calibrationBin(confidence: number): number {
  let bin = Math.min(calibrationBins - 1, Math.max(0, Math.ceil(confidence * calibrationBins) - 1));
  // The product may round across an edge that the quotient does not.
  while (bin > 0 && confidence <= bin / calibrationBins) bin--;
  while (bin < calibrationBins - 1 && confidence > (bin + 1) / calibrationBins) bin++;
  return bin;
}
