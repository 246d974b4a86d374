import type { Check } from './check.ts';
import { demoModel } from './demo-model.ts';
import { cores, disk, memory, node } from './machine.ts';
import { onnxRuntime, sharp, sqlite, tensorflow } from './packages.ts';

/** Everything that doctor looks at, in the order of its table. */
export const checks: readonly Check[] = [node, onnxRuntime, sharp, sqlite, tensorflow, demoModel, cores, memory, disk];
