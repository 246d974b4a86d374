export {
  type BatchReport,
  type BatchReportRow,
  type BatchReportScan,
  batchReportHtml,
  type ReportModel,
} from './batch-report.ts';
export { cardReportHtml } from './card-report.ts';
export { confusionSvg } from './confusion-svg.ts';
export { duelReportHtml } from './duel-report.ts';
export { type EpochPoint, learningCurvesSvg } from './learning-curves-svg.ts';
export { metricsTable } from './metrics-table.ts';
export { type OverlaidRun, overlaidCurvesSvg } from './overlaid-curves-svg.ts';
export { reliabilitySvg } from './reliability-svg.ts';
export { rocSvg } from './roc-svg.ts';
export { runsReportHtml } from './runs-report.ts';
export { type ReportPlot, studyPlots } from './study-plots.ts';
export { type StudyReport, studyReportHtml } from './study-report.ts';
