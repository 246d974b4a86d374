import { type Entry, entry } from './entry.ts';

/** Tracking servers (MLflow). No entry repeats what a server answered: it may hold a name or a token. */
export const trackingErrors = {
  'tracking/no-address': entry(
    'configuration',
    () => 'No MLflow server is set. Set MLFLOW_TRACKING_URI, or `tracking: { uri: … }` in config.yaml.',
  ),
  'tracking/bad-address': entry(
    'configuration',
    (f) => `The address of the MLflow server (${f.from}) is not an http or https address. Correct it.`,
  ),
  'tracking/secret-in-address': entry(
    'configuration',
    (f) =>
      `The address of the MLflow server (${f.from}) holds a user or password. Take them out; use MLFLOW_TRACKING_TOKEN or \`hilum mlflow login\`.`,
  ),
  'tracking/unreachable': entry(
    'environment',
    (f) =>
      `The MLflow server at ${f.server} did not do its work: ${f.what}. What was sent is kept; run it again later.`,
  ),
  'tracking/denied': entry(
    'environment',
    (f) =>
      `The MLflow server at ${f.server} refused access (HTTP ${f.status}). Set MLFLOW_TRACKING_TOKEN, or give a token with \`hilum mlflow login\`.`,
  ),
  'tracking/refused': entry(
    'input',
    (f) => `The MLflow server at ${f.server} refused a request (${f.what}, HTTP ${f.status}).`,
  ),
  'tracking/not-mlflow': entry(
    'environment',
    (f) => `What answers at ${f.server} is no MLflow server that is understood here: ${f.what}. Check the address.`,
  ),
  'tracking/no-proxy': entry(
    'input',
    (f) => `The MLflow server at ${f.server} keeps files elsewhere (no artefact proxy): files were not sent.`,
  ),
  'tracking/redirected': entry(
    'configuration',
    (f) => `The MLflow server at ${f.server} leads to another address. Set that address if you trust it.`,
  ),
  'tracking/unknown-experiment': entry(
    'configuration',
    (f) => `The MLflow server has no experiment "${f.experiment}". Check the name.`,
  ),
  'tracking/unknown-run': entry('configuration', (f) => `The MLflow server has no run ${f.run}. Check the id.`),
  'tracking/no-token': entry(
    'configuration',
    () => 'No token came on standard input. Write: hilum mlflow login < FILE.',
  ),
} as const satisfies Record<string, Entry>;
