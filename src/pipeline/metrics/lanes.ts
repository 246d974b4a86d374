/** Resamples that one pass carries side by side: their additions do not wait for each other. */
export const lanes = 2;
