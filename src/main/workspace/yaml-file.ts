import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { z } from 'zod';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { issueToError } from './yaml-issue.ts';

/** A configuration file larger than this is a mistake or an attack. */
export const yamlLimitBytes = 1024 * 1024;

/**
 * Reads and checks one YAML file.
 * @throws HilumError `config/missing`, `config/syntax`, `config/unknown-key`, `config/bad-value` with file, line and key
 */
export async function readYamlFile<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  return parseYaml(await readYamlText(path), basename(path), schema);
}

/**
 * Values of a YAML text (1.2 core schema, no aliases, no duplicate keys), checked by the schema. Empty text is `{}`.
 * @param name file name for error sentences
 * @throws HilumError `config/syntax`, `config/unknown-key`, `config/bad-value`
 */
export function parseYaml<T>(text: string, name: string, schema: z.ZodType<T>): T {
  const value = parseYamlValue(text, name);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw issueToError(result.error, { text, name, value, schema });
}

/** The same without a schema. */
export function parseYamlValue(text: string, name: string): unknown {
  if (Buffer.byteLength(text) > yamlLimitBytes) throw tooLarge(name);
  if (text.split('\n').every((line) => /^\s*(#.*)?$/.test(line))) return {};
  try {
    // Aliases make a small file grow without bound, and nothing here needs them.
    return load(text, { schema: CORE_SCHEMA, maxAliases: 0 }) ?? {};
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark === undefined ? undefined : error.mark.line + 1;
    throw new HilumError('config/syntax', { file: name, line, what: error.reason }, { cause: error });
  }
}

/**
 * Text of a configuration file.
 * @throws HilumError `config/missing`, `config/syntax`
 */
export async function readYamlText(path: string): Promise<string> {
  const name = basename(path);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const { size } = await handle.stat();
    if (size > yamlLimitBytes) throw tooLarge(name);
    const bytes = await handle.readFile();
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new HilumError('config/missing', { file: name }, { cause: error });
    if (errnoOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new HilumError('config/syntax', { file: name, what: 'not UTF-8 text' }, { cause: error });
    }
    if (error instanceof HilumError) throw error;
    const what = `cannot be read (${errnoOf(error) ?? 'unknown'})`;
    throw new HilumError('config/syntax', { file: name, what }, { cause: error });
  } finally {
    await handle?.close();
  }
}

function tooLarge(name: string): HilumError {
  return new HilumError('config/syntax', { file: name, what: `larger than ${yamlLimitBytes} bytes` });
}
