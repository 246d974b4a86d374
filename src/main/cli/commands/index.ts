import type { CliCommand } from '../command.ts';
import { capabilitiesOf } from './capabilities.ts';
import { classify } from './classify.ts';
import { configPrint } from './config-print.ts';
import { dag } from './dag.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { evaluate } from './evaluate.ts';
import { ingest } from './ingest.ts';
import { init } from './init.ts';
import { merge } from './merge.ts';
import { modelsList } from './models-list.ts';
import { modelsShow } from './models-show.ts';
import { modelsVerify } from './models-verify.ts';
import { phantom } from './phantom.ts';
import { prepare } from './prepare.ts';
import { repro } from './repro.ts';
import { runsCompare } from './runs-compare.ts';
import { runsDelete } from './runs-delete.ts';
import { runsExport } from './runs-export.ts';
import { runsList } from './runs-list.ts';
import { runsShow } from './runs-show.ts';
import { split } from './split.ts';
import { status } from './status.ts';
import { train } from './train.ts';

const described: readonly CliCommand[] = [
  demo,
  init,
  ingest,
  split,
  prepare,
  train,
  evaluate,
  classify,
  merge,
  repro,
  status,
  dag,
  runsList,
  runsShow,
  runsCompare,
  runsExport,
  runsDelete,
  modelsList,
  modelsShow,
  modelsVerify,
  doctor,
  phantom,
  configPrint,
];

/** Every command, in the order of `--help`. */
export const commands: readonly CliCommand[] = [...described, capabilitiesOf(described)];

/** What `--help` says of a word that has commands below it. */
export const groups: Readonly<Record<string, string>> = {
  runs: 'recorded runs',
  models: 'sealed models',
  config: 'configuration as the program sees it',
};
