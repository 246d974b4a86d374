import { configurationErrors } from './error-tables/configuration.ts';
import { datasetErrors } from './error-tables/dataset.ts';
import { exchangeErrors } from './error-tables/exchange.ts';
import { imageErrors } from './error-tables/image.ts';
import { interopErrors } from './error-tables/interop.ts';
import { modelErrors } from './error-tables/model.ts';
import { pageErrors } from './error-tables/page.ts';
import { registryErrors } from './error-tables/registry.ts';
import { runsErrors } from './error-tables/runs.ts';
import { trainingErrors } from './error-tables/training.ts';
import { workspaceErrors } from './error-tables/workspace.ts';

/** Every error of the product, one table a subject. */
export const errorTable = {
  ...imageErrors,
  ...datasetErrors,
  ...configurationErrors,
  ...modelErrors,
  ...trainingErrors,
  ...runsErrors,
  ...registryErrors,
  ...interopErrors,
  ...exchangeErrors,
  ...pageErrors,
  ...workspaceErrors,
} as const;

export type ErrorCode = keyof typeof errorTable;
