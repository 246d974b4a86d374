import { readFile } from 'node:fs/promises';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { isToken } from './token.ts';

/** Environment variable of the token. On a command line every user of the machine could read it. */
export const tokenVariable = 'HILUM_TOKEN';

/**
 * The operator's own token: of a file, else of the environment; undefined when none is given.
 * @param file absolute path
 * @throws HilumError `usage/bad-option`
 */
export async function operatorToken(
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const [source, text] =
    file === undefined ? [tokenVariable, env[tokenVariable] ?? ''] : ['--token-file', await readTokenFile(file)];
  const token = text.trim();
  if (token === '' && file === undefined) return undefined;
  if (isToken(token)) return token;
  const what = `${source}: expected a token of 16 to 512 letters, digits, ".", "_", "~" or "-", for example of \`openssl rand -hex 32\``;
  throw new HilumError('usage/bad-option', { what });
}

async function readTokenFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const what = `--token-file: the file cannot be read (${errnoOf(error) ?? 'unknown'})`;
    throw new HilumError('usage/bad-option', { what }, { cause: error });
  }
}
