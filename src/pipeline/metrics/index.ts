export { predictiveValues } from '../domain/predictive-values.ts';
export { averagePrecision } from './average-precision.ts';
export { bootstrap, type Statistic } from './bootstrap.ts';
export { bootstrapSums, type SumStatistic } from './bootstrap-sums.ts';
export { reliabilityBins } from './calibration.ts';
export { type CalibrationEstimates, calibrationEstimates } from './calibration-estimates.ts';
export { computeMetrics, type MetricsOptions } from './compute.ts';
export { conformalSet } from './conformal.ts';
export { type ConformalCoverage, coverageByGroup, type GroupCoverage } from './conformal-coverage.ts';
export { type Answered, coverageCurve, thinnedCoverage } from './coverage.ts';
export type { BootstrapOptions } from './draws.ts';
export { type GroupConformal, groupConformal } from './group-conformal.ts';
export { type Groups, groupsOf } from './groups.ts';
export { type McNemar, mcnemar } from './mcnemar.ts';
export { operatingPoint } from './operating-point.ts';
export { type PairedEstimate, pairedBootstrap } from './paired-bootstrap.ts';
export { plotData } from './plot-data.ts';
export { precisionRecallCurve } from './precision-recall.ts';
export {
  type BinaryQuestion,
  type PredictiveEstimates,
  predictiveEstimates,
} from './predictive-estimates.ts';
export { rocCurve } from './roc.ts';
export { type Case, casesFrom, sampleOf, topClass } from './sample.ts';
export { type GroupedCase, type ScanCase, scanCases } from './scan-cases.ts';
export { type ScanVote, type ScanVoteRule, type SliceVote, scanVoteRules, voteByScan } from './scan-vote.ts';
export { classMetrics, overallMetrics } from './table.ts';
export {
  type Labelled,
  type TemperatureFit,
  temperatureFit,
  temperatureRange,
  withTemperature,
} from './temperature.ts';
export type { Cases, Sample } from './types.ts';
