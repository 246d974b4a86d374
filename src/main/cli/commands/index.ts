import { studyStages } from '../../studies/stages/index.ts';
import type { CliCommand } from '../command.ts';
import { stageCommand } from '../stage-command.ts';
import { auditLeakCommand } from './audit-leak.ts';
import { auditLooks } from './audit-looks.ts';
import { auditShortcutsCommand } from './audit-shortcuts.ts';
import { capabilitiesOf } from './capabilities.ts';
import { checkout } from './checkout.ts';
import { classify } from './classify.ts';
import { configPrint } from './config-print.ts';
import { dag } from './dag.ts';
import { dataCheckout } from './data-checkout.ts';
import { dataDiff } from './data-diff.ts';
import { dataLogCommand } from './data-log.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { duel } from './duel.ts';
import { expDiff } from './exp-diff.ts';
import { expShow } from './exp-show.ts';
import { explain } from './explain.ts';
import { fetchCommand } from './fetch.ts';
import { init } from './init.ts';
import { keysDistrust } from './keys-distrust.ts';
import { keysExport } from './keys-export.ts';
import { keysList } from './keys-list.ts';
import { keysMake } from './keys-make.ts';
import { keysTrust } from './keys-trust.ts';
import { merge } from './merge.ts';
import { mlflowImport } from './mlflow-import.ts';
import { mlflowLogin, mlflowLogout } from './mlflow-login.ts';
import { mlflowSync } from './mlflow-sync.ts';
import { mlflowTest } from './mlflow-test.ts';
import { modelsAnswering } from './models-answering.ts';
import { modelsCard } from './models-card.ts';
import { modelsClear } from './models-clear.ts';
import { modelsExport } from './models-export.ts';
import { modelsGate } from './models-gate.ts';
import { modelsHistory } from './models-history.ts';
import { modelsImport } from './models-import.ts';
import { modelsList } from './models-list.ts';
import { modelsNote } from './models-note.ts';
import { modelsPromote } from './models-promote.ts';
import { modelsRollback } from './models-rollback.ts';
import { modelsShow } from './models-show.ts';
import { modelsSign } from './models-sign.ts';
import { modelsTag } from './models-tag.ts';
import { modelsTrust } from './models-trust.ts';
import { modelsVerify } from './models-verify.ts';
import { phantom } from './phantom.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { remoteAdd } from './remote-add.ts';
import { remoteList } from './remote-list.ts';
import { remoteLogin, remoteLogout } from './remote-login.ts';
import { remoteRemove } from './remote-remove.ts';
import { repro } from './repro.ts';
import { runsCompare } from './runs-compare.ts';
import { runsDelete } from './runs-delete.ts';
import { runsExport } from './runs-export.ts';
import { runsFigures } from './runs-figures.ts';
import { runsImport } from './runs-import.ts';
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
  checkout,
  dataLogCommand,
  dataDiff,
  dataCheckout,
  push,
  pull,
  fetchCommand,
  remoteAdd,
  remoteList,
  remoteRemove,
  remoteLogin,
  remoteLogout,
  runsList,
  runsShow,
  runsFigures,
  runsCompare,
  runsExport,
  runsImport,
  runsDelete,
  expShow,
  expDiff,
  duel,
  suspects,
  modelsList,
  modelsShow,
  modelsImport,
  modelsCard,
  modelsGate,
  modelsPromote,
  modelsRollback,
  modelsClear,
  modelsHistory,
  modelsTag,
  modelsNote,
  modelsVerify,
  modelsExport,
  modelsSign,
  modelsTrust,
  modelsAnswering,
  keysMake,
  keysList,
  keysExport,
  keysTrust,
  keysDistrust,
  mlflowSync,
  mlflowImport,
  mlflowTest,
  mlflowLogin,
  mlflowLogout,
  serve,
  doctor,
  phantom,
  configPrint,
];

/** Every command, in the order of `--help`. */
export const commands: readonly CliCommand[] = [...described, capabilitiesOf(described)];

/** What `--help` says of a word that has commands below it. */
export const groups: Readonly<Record<string, string>> = {
  data: 'versions of the dataset',
  remote: 'where versions and outputs are pushed to',
  runs: 'recorded runs',
  exp: 'experiments as tables, in the shapes that DVC prints',
  models: 'sealed models',
  mlflow: 'an MLflow server beside the records',
  keys: 'keys that models are signed with, yours and those of others',
  audit: 'how far data and figures can be trusted',
  config: 'configuration as the program sees it',
};
