import type { Control } from '../control.ts';
import { border } from './border.ts';
import { brightness } from './brightness.ts';
import { file } from './file.ts';
import { noKidneys } from './no-kidneys.ts';

/** Every control, from what is farthest from the picture to what is nearest. */
export const controls: readonly Control[] = [file, brightness, border, noKidneys];
