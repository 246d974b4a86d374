import type { Check } from './check.ts';
import { demoModel } from './demo-model.ts';
import { inferenceSpeed } from './inference-speed.ts';
import { cores, disk, memory, node } from './machine.ts';
import { onnxRuntime, sharp, sqlite, tensorflow } from './packages.ts';

/** What is there and what is not, in the order of doctor's table; quick, and it disturbs nothing that runs. */
export const partChecks: readonly Check[] = [
  node,
  onnxRuntime,
  sharp,
  sqlite,
  tensorflow,
  demoModel,
  cores,
  memory,
  disk,
];

/** Everything that doctor looks at. */
export const checks: readonly Check[] = [...partChecks, inferenceSpeed];
