import { bundleErrors } from './error-tables/bundles.ts';
import { configurationErrors } from './error-tables/configuration.ts';
import { datasetErrors } from './error-tables/dataset.ts';
import { exchangeErrors } from './error-tables/exchange.ts';
import { imageErrors } from './error-tables/image.ts';
import { importedErrors } from './error-tables/imported.ts';
import { interopErrors } from './error-tables/interop.ts';
import { modelErrors } from './error-tables/model.ts';
import { pageErrors } from './error-tables/page.ts';
import { registryErrors } from './error-tables/registry.ts';
import { runsErrors } from './error-tables/runs.ts';
import { trackingErrors } from './error-tables/tracking.ts';
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
  ...bundleErrors,
  ...registryErrors,
  ...interopErrors,
  ...trackingErrors,
  ...exchangeErrors,
  ...importedErrors,
  ...pageErrors,
  ...workspaceErrors,
} as const;

export type ErrorCode = keyof typeof errorTable;
