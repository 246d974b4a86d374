export { computeMetrics, type MetricsOptions } from './compute.ts';
export { plotData } from './plot-data.ts';
export { type ScanVote, type ScanVoteRule, type SliceVote, scanVoteRules, voteByScan } from './scan-vote.ts';
export { classMetrics, overallMetrics } from './table.ts';
