import { join, resolve } from 'node:path';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { sha256 } from '../../pipeline/disk/hash.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { type Params, paramsSchema } from '../../pipeline/domain/params.ts';
import { workspaceNames } from '../workspace/names.ts';
import { parseYaml, readYamlText } from '../workspace/yaml-file.ts';
import { turnsOf } from './turns.ts';
import { changesBetween, editYaml } from './yaml-edit.ts';

/** params.yaml as it stands there: paths as written, defaults filled in. */
export interface ParamsFile {
  readonly params: Params;
  /** SHA-256 of the file. */
  readonly version: string;
}

/** @throws HilumError `config/…` */
export async function readParamsFile(root: string): Promise<ParamsFile> {
  const { params, version } = await read(root);
  return { params, version };
}

/**
 * Writes what differs into params.yaml; comments and everything else stay.
 * @param version of the file that the change started from; left out: whatever is there
 * @returns version of the file that is there now
 * @throws HilumError `config/changed` when the file is not that version any more, `config/…`, `disk/…`
 */
export async function writeParamsFile(root: string, params: Params, version?: string): Promise<string> {
  const path = join(root, workspaceNames.params);
  return turnsOf(path)(async () => {
    const before = await read(root);
    if (version !== undefined && version !== before.version) {
      throw new HilumError('config/changed', { file: workspaceNames.params });
    }
    const text = editYaml(before.text, changesBetween(before.params, asWritten(root, params, before.params)));
    if (text !== before.text) await writeFileAtomic(path, text);
    return sha256(text);
  });
}

async function read(root: string): Promise<ParamsFile & { text: string }> {
  const text = await readYamlText(join(root, workspaceNames.params));
  const params = parseYaml(text, workspaceNames.params, paramsSchema);
  return { text, params, version: sha256(text) };
}

/** Runs are recorded with an absolute folder of weights: where the file means the same one, its words stay. */
function asWritten(root: string, params: Params, before: Params): Params {
  const [now, then] = [params.backbone.weights, before.backbone.weights];
  if (now === undefined || then === undefined || resolve(root, now) !== resolve(root, then)) return params;
  return { ...params, backbone: { ...params.backbone, weights: then } };
}
