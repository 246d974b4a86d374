import type { StudyStage } from '../stage.ts';
import { evaluate } from './evaluate.ts';
import { ingest } from './ingest.ts';
import { prepare } from './prepare.ts';
import { split } from './split.ts';
import { train } from './train.ts';

/** The stages of dvc.yaml, in their order. */
export const studyStages: readonly StudyStage[] = [ingest, split, prepare, train, evaluate];
