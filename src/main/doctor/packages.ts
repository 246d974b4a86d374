import type { Check } from './check.ts';
import { fine, wrong } from './check.ts';
import { probe } from './probe.ts';

const install = 'npm install';

/** A package with native code, judged by using it. */
function packageCheck(name: string, neededFor: string, lines: string, mend = install): Check {
  return {
    name,
    neededFor,
    async look() {
      const result = await probe(lines);
      return result.ok ? fine(result.printed) : wrong(result.fault, mend);
    },
  };
}

export const onnxRuntime = packageCheck(
  'onnxruntime-node',
  'classification, feature extraction',
  "console.log(load('onnxruntime-node').env.versions.node ?? 'loads');",
);

export const sharp = packageCheck(
  'sharp',
  'PNG, JPEG and TIFF',
  "const { versions } = load('sharp'); console.log(versions.sharp + ' (libvips ' + versions.vips + ')');",
);

export const sqlite = packageCheck(
  'better-sqlite3',
  'records',
  "const db = new (load('better-sqlite3'))(':memory:'); console.log('SQLite ' + db.prepare('SELECT sqlite_version()').pluck().get());",
);

/** The binding links libtensorflow: it loads only when both are there. */
export const tensorflow = packageCheck(
  'TensorFlow',
  'training',
  `const { dirname, join } = require('node:path');
const folder = dirname(load.resolve('@tensorflow/tfjs-node/package.json'));
const binding = join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
if (!require('node:fs').existsSync(binding)) throw new Error('libtensorflow is not prepared');
console.log('libtensorflow ' + require(binding).TF_Version);`,
  'npm run setup',
);
