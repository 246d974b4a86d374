/**
 * Version of each stage's code. Raised when a stage's outputs change for the same inputs: `hilum status` and DVC then say
 * that it has to run again. It stands in the workspace's code.yaml, which dvc.yaml names among the parameters.
 */
export const stageVersions = {
  ingest: 1,
  split: 1,
  prepare: 1,
  train: 1,
  evaluate: 1,
} as const;
