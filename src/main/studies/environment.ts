import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { sha256 } from '../../pipeline/disk/hash.ts';
import { installedVersion } from '../doctor/installed.ts';

/** What a run was computed with, besides its inputs: values that can change the last digits of a weight. */
export interface RunEnvironment {
  /** `v24.0.0` */
  readonly node: string;
  /** `linux-x64` */
  readonly platform: string;
  /** Release of the operating system's kernel. */
  readonly os_release: string;
  readonly processor: string;
  /** Of the processor's instruction sets those that change how floats are added; null where the system does not tell. */
  readonly cpu_flags: string | null;
  readonly cores: number;
  readonly memory_mb: number;
  /** Threads that the engines compute with. */
  readonly threads: number;
  readonly onnxruntime: string | null;
  readonly tensorflow: string | null;
  readonly tfjs: string | null;
  readonly sharp: string | null;
  readonly libvips: string | null;
  /** SHA-256 of package-lock.json, or of the built program where that is not shipped. */
  readonly lock_hash: string | null;
}

let known: RunEnvironment | undefined;

/** The same for as long as the process lives: looked up once, without loading any engine. */
export function runEnvironment(): RunEnvironment {
  known ??= {
    node: process.version,
    platform: `${process.platform}-${arch()}`,
    os_release: release(),
    processor: cpus()[0]?.model ?? 'unknown',
    cpu_flags: arithmeticFlags(textOf('/proc/cpuinfo')),
    cores: cpus().length,
    memory_mb: Math.round(totalmem() / 2 ** 20),
    threads: threadsOf(process.env),
    onnxruntime: installedVersion('onnxruntime-node') ?? null,
    tensorflow: libtensorflowVersion(),
    tfjs: installedVersion('@tensorflow/tfjs-node') ?? null,
    sharp: installedVersion('sharp') ?? null,
    libvips: libvipsVersion(),
    lock_hash: lockHash(),
  };
  return known;
}

/** Instruction sets with vector or matrix arithmetic: which of them a machine has decides how an engine sums. */
const arithmetic = /^(sse4_[12]|avx|avx2|fma|avx512\w*|avx_\w+|amx_\w+|asimd\w*|neon|sve\d*|fphp)$/;

/** @param cpuinfo text of Linux' /proc/cpuinfo. @returns flags in order of name; null when none are told */
export function arithmeticFlags(cpuinfo: string | undefined): string | null {
  const line = cpuinfo?.match(/^(?:flags|Features)\s*:\s*(.*)$/m)?.[1];
  if (line === undefined) return null;
  const flags = new Set(line.split(/\s+/).filter((flag) => arithmetic.test(flag)));
  return [...flags].sort().join(' ');
}

function threadsOf(env: NodeJS.ProcessEnv): number {
  const asked = Number(env.OMP_NUM_THREADS ?? env.TF_NUM_INTRAOP_THREADS);
  return Number.isInteger(asked) && asked > 0 ? asked : availableParallelism();
}

/** As `npm run setup` noted it; without that the one that tfjs-node fetches by itself. */
function libtensorflowVersion(): string | null {
  const folder = packageFolder('@tensorflow/tfjs-node');
  if (folder === undefined) return null;
  const noted = textOf(join(folder, 'deps', 'hilum.json'))?.match(/"version"\s*:\s*"([^"]+)"/)?.[1];
  const fetched = textOf(join(folder, 'scripts', 'deps-constants.js'))?.match(/LIBTENSORFLOW_VERSION = '([^']+)'/)?.[1];
  return noted ?? fetched ?? null;
}

/** Of the library that sharp brings along. */
function libvipsVersion(): string | null {
  const folder = packageFolder(`@img/sharp-libvips-${process.platform}-${arch()}`);
  const versions = folder === undefined ? undefined : textOf(join(folder, 'versions.json'));
  return versions?.match(/"vips"\s*:\s*"([^"]+)"/)?.[1] ?? null;
}

function lockHash(): string | null {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const lock = join(folder, 'package-lock.json');
    if (existsSync(lock)) return sha256(readFileSync(lock));
    if (dirname(folder) === folder) return buildHash(import.meta.dirname);
  }
}

/** Of the program's own bundles, by name. */
function buildHash(folder: string): string | null {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.cjs'));
    if (names.length === 0) return null;
    return sha256(
      names
        .sort()
        .map((name) => `${name} ${sha256(readFileSync(join(folder, name)))}`)
        .join('\n'),
    );
  } catch {
    return null;
  }
}

function packageFolder(name: string): string | undefined {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (dirname(folder) === folder) return undefined;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
