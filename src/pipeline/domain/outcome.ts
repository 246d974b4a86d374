/** How a run or batch ended; set once. `interrupted`: the process died and nobody could say more. */
export const outcomes = ['completed', 'cancelled', 'failed', 'interrupted'] as const;
export type Outcome = (typeof outcomes)[number];

/** State of one image in a batch. */
export const batchStates = ['answered', 'review', 'refused'] as const;
export type BatchState = (typeof batchStates)[number];

/** What a reader says of one image: the model is right, is wrong, or nothing can be said. */
export const reviewDecisions = ['accept', 'correct', 'refuse'] as const;
export type ReviewDecision = (typeof reviewDecisions)[number];

export const notice = 'Research use only. Not for diagnosis.';
