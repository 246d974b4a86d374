import { studyStages } from '../../studies/stages/index.ts';
import type { CliCommand } from '../command.ts';
import { stageCommand } from '../stage-command.ts';
import { auditLeakCommand } from './audit-leak.ts';
import { auditLooks } from './audit-looks.ts';
import { auditShortcutsCommand } from './audit-shortcuts.ts';
import { capabilitiesOf } from './capabilities.ts';
import { classify } from './classify.ts';
import { configPrint } from './config-print.ts';
import { dag } from './dag.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { duel } from './duel.ts';
import { explain } from './explain.ts';
import { init } from './init.ts';
import { merge } from './merge.ts';
import { modelsAnswering } from './models-answering.ts';
import { modelsCard } from './models-card.ts';
import { modelsGate } from './models-gate.ts';
import { modelsList } from './models-list.ts';
import { modelsShow } from './models-show.ts';
import { modelsTrust } from './models-trust.ts';
import { modelsVerify } from './models-verify.ts';
import { phantom } from './phantom.ts';
import { repro } from './repro.ts';
import { runsCompare } from './runs-compare.ts';
import { runsDelete } from './runs-delete.ts';
import { runsExport } from './runs-export.ts';
import { runsFigures } from './runs-figures.ts';
import { runsList } from './runs-list.ts';
import { runsShow } from './runs-show.ts';
import { serve } from './serve.ts';
import { status } from './status.ts';
import { suspects } from './suspects.ts';
import { sweep } from './sweep.ts';
import { validate } from './validate.ts';

const described: readonly CliCommand[] = [
  demo,
  init,
  ...studyStages.map(stageCommand),
  validate,
  auditLeakCommand,
  auditShortcutsCommand,
  auditLooks,
  classify,
  merge,
  explain,
  sweep,
  repro,
  status,
  dag,
  runsList,
  runsShow,
  runsFigures,
  runsCompare,
  runsExport,
  runsDelete,
  duel,
  suspects,
  modelsList,
  modelsShow,
  modelsCard,
  modelsGate,
  modelsVerify,
  modelsTrust,
  modelsAnswering,
  serve,
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
  audit: 'how far data and figures can be trusted',
  config: 'configuration as the program sees it',
};
