import type { Check } from './check.ts';
import { fine, wrong } from './check.ts';
import { installedVersion } from './installed.ts';
import { probe } from './probe.ts';

interface NativePackage {
  /** Name for people. */
  readonly name: string;
  readonly package: string;
  readonly neededFor: string;
  /** CommonJS that uses it and prints its version. */
  readonly lines: string;
  /** File that must be there besides its package.json. */
  readonly file?: string;
  readonly mend: string;
}

/** A package with native code, judged by using it; where that cannot be tried, by its files. */
function packageCheck({ name, package: id, neededFor, lines, file, mend }: NativePackage): Check {
  return {
    name,
    neededFor,
    async look({ node }) {
      if (node === undefined) {
        const version = installedVersion(id, file);
        return version === undefined ? wrong('not installed', mend) : fine(version);
      }
      const result = await probe(lines, node);
      return result.ok ? fine(result.printed) : wrong(result.fault, mend);
    },
  };
}

const install = 'npm install';

export const onnxRuntime = packageCheck({
  name: 'onnxruntime-node',
  package: 'onnxruntime-node',
  neededFor: 'classification, feature extraction',
  lines: "console.log(load('onnxruntime-node').env.versions.node ?? 'loads');",
  mend: install,
});

export const sharp = packageCheck({
  name: 'sharp',
  package: 'sharp',
  neededFor: 'PNG, JPEG and TIFF',
  lines: "const { versions } = load('sharp'); console.log(versions.sharp + ' (libvips ' + versions.vips + ')');",
  mend: install,
});

export const sqlite = packageCheck({
  name: 'better-sqlite3',
  package: 'better-sqlite3',
  neededFor: 'records',
  lines:
    "const db = new (load('better-sqlite3'))(':memory:'); console.log('SQLite ' + db.prepare('SELECT sqlite_version()').pluck().get());",
  mend: install,
});

/** The binding links libtensorflow: it loads only when both are there. */
export const tensorflow = packageCheck({
  name: 'TensorFlow',
  package: '@tensorflow/tfjs-node',
  neededFor: 'training',
  lines: `const { dirname, join } = require('node:path');
const folder = dirname(load.resolve('@tensorflow/tfjs-node/package.json'));
const binding = join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
if (!require('node:fs').existsSync(binding)) throw new Error('libtensorflow is not prepared');
console.log('libtensorflow ' + require(binding).TF_Version);`,
  file: 'lib/napi-v8/tfjs_binding.node',
  mend: 'npm run setup',
});
