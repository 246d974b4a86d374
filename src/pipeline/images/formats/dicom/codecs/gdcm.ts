import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { HilumError } from '../../../../domain/errors.ts';
import type { Codestream } from './codestream.ts';
import { wrapFrame } from './wrap-frame.ts';

/** The parts of itk-wasm's Emscripten program that are used here. */
interface GdcmProgram {
  readonly HEAPU8: Uint8Array;
  fs_writeFile(path: string, bytes: Uint8Array): void;
  callMain(args: string[]): number;
  ccall(name: string, result: 'number', types: string[], values: number[]): number;
}

interface ProgramOptions {
  readonly wasmBinary: Uint8Array;
  readonly print: () => void;
  readonly printErr: (line: string) => void;
}

interface ProgramModule {
  readonly default: (options: ProgramOptions) => Promise<GdcmProgram>;
}

/** GDCM asks its 8-bit decoder first, which says this; it is no sign of damage. */
const harmless = 'Unsupported JPEG data precision 12';

/** At most this many scans are decoded: a progressive frame needs about ten, a hostile one repeats them for ever. */
const scanLimit = 100;

/**
 * Grey 12-bit DCT JPEG by the libjpeg inside GDCM (itk-wasm), which reads whole DICOM files only: the frame is wrapped
 * into one without a rescale, so that stored values come back.
 * @throws HilumError `image/corrupt`, also where libjpeg would paint over missing data in grey with a warning
 */
export async function decodeWithGdcm(bytes: Uint8Array, stream: Codestream): Promise<Uint16Array> {
  if (countScans(bytes) > scanLimit) throw new HilumError('image/corrupt', { format: 'JPEG', what: 'too many scans' });
  const warnings: string[] = [];
  // A fresh program a frame: after a failure its memory is in an unknown state, and it never gives memory back.
  const program = await startProgram((line) => warnings.push(line));
  program.fs_writeFile('frame.dcm', wrapFrame(bytes, stream));
  const code = runProgram(program, ['frame.dcm', '0', '1', '--memory-io']);
  const damage = warnings.find((line) => !line.startsWith(harmless));
  const size = code === 0 ? outputCall(program, 'itk_wasm_output_array_size') : 0;
  if (damage !== undefined || size !== 2 * stream.width * stream.height) {
    throw new HilumError('image/corrupt', { format: 'JPEG' }, { cause: damage });
  }
  const start = outputCall(program, 'itk_wasm_output_array_address') >>> 0;
  return new Uint16Array(program.HEAPU8.slice(start, start + size).buffer);
}

/** Start-of-scan markers; entropy-coded data cannot hold one. */
function countScans(bytes: Uint8Array): number {
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) if (bytes[at + 1] === 0xda) scans++;
  return scans;
}

function runProgram(program: GdcmProgram, args: string[]): number {
  const { exitCode } = process;
  try {
    return program.callMain(args);
  } catch (error) {
    // A C++ exception arrives as a bare number.
    throw new HilumError('image/corrupt', { format: 'JPEG' }, { cause: error });
  } finally {
    // The program believes that the process is its own and sets the exit code.
    process.exitCode = exitCode;
  }
}

/** Output 1 of the program is the image; its part 0 the samples. */
const outputCall = (program: GdcmProgram, name: string): number =>
  program.ccall(name, 'number', ['number', 'number', 'number'], [0, 1, 0]);

let loaded: Promise<{ load: ProgramModule['default']; wasmBinary: Uint8Array }> | undefined;

async function startProgram(onWarning: (line: string) => void): Promise<GdcmProgram> {
  loaded ??= loadProgram().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  const { load, wasmBinary } = await loaded;
  const options = { wasmBinary, print: () => {}, printErr: onWarning };
  // The program overwrites these two with console.log and console.error; stdout is data for whoever reads us.
  for (const key of ['print', 'printErr'] as const) {
    const value = options[key];
    Object.defineProperty(options, key, { enumerable: true, get: () => value, set: () => {} });
  }
  return await load(options);
}

/** The package's own reader takes paths on disk and prints; its program takes bytes in memory. */
async function loadProgram(): Promise<{ load: ProgramModule['default']; wasmBinary: Uint8Array }> {
  const entry = createRequire(import.meta.url).resolve('@itk-wasm/image-io');
  const program = join(dirname(entry), 'pipelines', 'gdcm-read-image');
  const module: ProgramModule = await import(pathToFileURL(`${program}.js`).href);
  const wasmBinary = await promisify(zstdDecompress)(await readFile(`${program}.wasm.zst`));
  return { load: module.default, wasmBinary };
}
