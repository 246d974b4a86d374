import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { configSchema } from '../../pipeline/domain/params.ts';
import { workspaceNames } from './names.ts';
import { setKey } from './templates.ts';
import { parseYaml, readYamlText } from './yaml-file.ts';

/** Keys of config.yaml that the program sets by itself. */
export interface ConfigKeys {
  readonly source?: string;
  readonly description?: string;
}

/**
 * Sets keys in config.yaml and leaves comments and all else as they are.
 * @throws HilumError `config/…`; the file is then as it was
 */
export async function setConfigKeys(root: string, keys: ConfigKeys): Promise<void> {
  const path = join(root, workspaceNames.config);
  let text = await readYamlText(path);
  parseYaml(text, workspaceNames.config, configSchema);
  for (const [key, value] of Object.entries(keys)) text = withKey(text, key, value);
  parseYaml(text, workspaceNames.config, configSchema);
  await writeFileAtomic(path, text);
}

function withKey(text: string, key: string, value: string): string {
  const document = parseDocument(text);
  // A new workspace proposes the key in a comment: its place there is better than the end of the file.
  const proposed = document.has(key) ? text : setKey(text, key, JSON.stringify(value));
  if (proposed !== text) return proposed;
  document.set(key, value);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
