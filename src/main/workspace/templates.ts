import configTemplate from '../../../config/config.yaml?raw';
import pipelineTemplate from '../../../config/dvc.yaml?raw';
import paramsTemplate from '../../../config/params.yaml?raw';
import { codeFileText } from './code-file.ts';
import { workspaceNames } from './names.ts';

/** What a new workspace may be told at birth. */
export interface NewWorkspace {
  readonly source?: string | undefined;
  readonly classes?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

/** DVC walks the whole workspace for pipelines; our state holds thousands of files and none. */
export const dvcIgnore = `# What DVC should not look into.\n/${workspaceNames.state}\n`;

/** Git keeps the small metrics, DVC's cache the rest. */
const gitIgnore = `/${workspaceNames.state}/\n/artifacts/*\n!/artifacts/metrics.json\n`;

/** File name → text of a new workspace. */
export function workspaceFiles(options: NewWorkspace): ReadonlyMap<string, string> {
  let config = configTemplate;
  // JSON strings and lists are YAML, with every odd character escaped.
  if (options.source !== undefined) config = setKey(config, 'source', JSON.stringify(options.source));
  if (options.classes !== undefined) config = setKey(config, 'classes', JSON.stringify(options.classes));
  if (options.description !== undefined) config = setKey(config, 'description', JSON.stringify(options.description));
  return new Map([
    [workspaceNames.config, config],
    [workspaceNames.params, paramsTemplate],
    [workspaceNames.pipeline, pipelineTemplate],
    [workspaceNames.code, codeFileText()],
    ['.dvcignore', dvcIgnore],
    ['.gitignore', gitIgnore],
  ]);
}

/** Takes the comment sign off a key that is proposed in a comment, and gives it a value. Without one nothing changes. */
export function setKey(template: string, key: string, value: string): string {
  return template.replace(new RegExp(`^# ${key}: .*$`, 'm'), () => `${key}: ${value}`);
}
