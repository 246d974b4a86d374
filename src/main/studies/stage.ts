import { join } from 'node:path';
import type { Command } from 'commander';
import type { z } from 'zod';
import { canonicalJson } from '../../pipeline/disk/hash.ts';
import { hasCode } from '../../pipeline/domain/errors.ts';
import { openDvcCache } from '../interop/dvc/cache.ts';
import { writeCodeFile } from '../workspace/code-file.ts';
import { ensureDvcProject } from '../workspace/dvc-project.ts';
import { openHasher } from '../workspace/hashes.ts';
import { type PipelineStage, readPipeline } from '../workspace/pipeline-file.ts';
import { lockStage, readStageInputs } from '../workspace/stage-lock.ts';
import { addWorkspaceOption, parseGiven, parseWords, wordsOf } from './command-words.ts';
import type { StudyContext } from './context.ts';
import { keepOuts } from './keep-outs.ts';
import type { Study } from './study.ts';

/** How a stage of dvc.yaml ended. */
export interface StageEnd {
  /** Exit code of its command. */
  readonly code: number;
  /** For `--json`. */
  readonly value: unknown;
  /** For people. */
  readonly text: string;
  /** Whether it made its outputs; a mere check did not. */
  readonly made: boolean;
}

interface Definition<Options> {
  readonly name: 'ingest' | 'split' | 'prepare' | 'train' | 'evaluate';
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  configure(command: Command): void;
  run(options: Options, study: Study, context: StudyContext): Promise<StageEnd>;
  /** The options that decide the outputs, in a form that can be compared. */
  decisive(options: Options, study: Study): unknown;
  /** After its outputs are in DVC's cache and noted in dvc.lock. */
  afterMade?(study: Study, context: StudyContext): Promise<void>;
}

/** A stage of dvc.yaml: run by its command, by `repro`, or by a job of the page. */
export interface StudyStage {
  readonly name: Definition<unknown>['name'];
  readonly summary: string;
  /** Declares arguments and options of its command. */
  configure(command: Command): void;
  /** Runs the stage with options as written and notes it in dvc.lock. */
  runIn(given: Record<string, unknown>, study: Study, context: StudyContext): Promise<StageEnd>;
  /** Arguments and options of a command line, without the stage's name. @throws HilumError `usage/bad-option` */
  parse(words: readonly string[]): Record<string, unknown>;
}

export function defineStage<Options>(definition: Definition<Options>): StudyStage {
  const configure = (command: Command): void => {
    definition.configure(command);
    addWorkspaceOption(command);
  };
  const optionsOf = (given: Record<string, unknown>): Options => parseGiven(definition.options, given);
  const parse = (words: readonly string[]): Record<string, unknown> => parseWords(definition.name, configure, words);

  const runIn: StudyStage['runIn'] = async (given, study, context) => {
    const options = optionsOf(given);
    const { root, state } = study.workspace.paths;
    const hasher = await openHasher(join(state, 'cache', 'md5.json'));
    await ensureDvcProject(root);
    const cache = await openDvcCache(root);
    const planned = await plannedStage(study, definition.name);
    if (planned !== undefined) await writeCodeFile(root, [planned]);
    const before = planned === undefined ? undefined : await readStageInputs(root, planned, hasher);
    const end = await definition.run(options, study, context);
    // The first `ingest SOURCE` of a workspace without `source:` fills in what dvc.yaml asks for.
    const stage = planned ?? (await plannedStage(study, definition.name));
    if (stage !== undefined && end.made) {
      const asPlanned = optionsOf(parse(wordsOf(stage.cmd).slice(2)));
      const decisive = (each: Options): string => canonicalJson(definition.decisive(each, study) ?? null);
      const cmd = decisive(options) === decisive(asPlanned) ? stage.cmd : typed(definition.name, given);
      const inputs = before ?? (await readStageInputs(root, stage, hasher));
      const outs = await keepOuts(root, stage, cache, hasher);
      if (!isRunByDvc()) await lockStage(root, stage, { ...inputs, cmd, outs });
    }
    await hasher.save();
    if (end.made) await definition.afterMade?.(study, context);
    return end;
  };

  return { name: definition.name, summary: definition.summary, configure, runIn, parse };
}

/** `dvc repro` writes dvc.lock itself when the command has ended, and holds it until then. */
function isRunByDvc(): boolean {
  return process.env.DVC_STAGE !== undefined;
}

/** The stage in dvc.yaml; undefined when there is none, or when its variables have no values yet. */
export async function plannedStage(study: Study, name: string): Promise<PipelineStage | undefined> {
  try {
    const stages = await readPipeline(study.workspace);
    return stages.find((stage) => stage.name === name && wordsOf(stage.cmd)[1] === name);
  } catch (error) {
    if (hasCode(error, 'config/missing') || hasCode(error, 'config/bad-value')) return undefined;
    throw error;
  }
}

function typed(name: string, given: Record<string, unknown>): string {
  const options = Object.entries(given).filter(
    ([key, value]) => value !== undefined && !['json', 'workspace'].includes(key),
  );
  return ['hilum', name, ...options.map(([key, value]) => `--${key}=${String(value)}`)].join(' ');
}
