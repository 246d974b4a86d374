/** How a run or batch ended; set once. `interrupted`: the process died and nobody could say more. */
export const outcomes = ['completed', 'cancelled', 'failed', 'interrupted'] as const;
export type Outcome = (typeof outcomes)[number];

/** State of one image in a batch. */
export const batchStates = ['answered', 'review', 'refused'] as const;
export type BatchState = (typeof batchStates)[number];

export const notice = 'Research use only. Not for diagnosis.';
