import { describe, expect, it } from 'vitest';
import { workspaceFiles } from '../../../src/main/workspace/templates.ts';
import { parseYaml } from '../../../src/main/workspace/yaml-file.ts';
import { dottedKeys } from '../../../src/main/workspace/yaml-issue.ts';
import { configSchema, paramsSchema } from '../../../src/pipeline/domain/params.ts';

const fileOf = (name: string): string => workspaceFiles({}).get(name) ?? '';

/** Keys of a template, commented ones too, dotted by indentation; each with the line before it. */
function keysOf(template: string, known: readonly string[]): { key: string; before: string }[] {
  const path: string[] = [];
  const lines = template.split('\n');
  return lines.flatMap((line, index) => {
    const [, indent = '', comment, inner = '', key] = /^( *)(# )?( *)([a-z_0-9]+):(?= |$)/.exec(line) ?? [];
    if (key === undefined) return [];
    const depth = (indent.length + inner.length) / 2;
    // A comment may open with a word and a colon; it is a key only where the schema has one.
    if (comment !== undefined && !known.includes([...path.slice(0, depth), key].join('.'))) return [];
    path.splice(depth, path.length, key);
    return [{ key: path.join('.'), before: lines[index - 1] ?? '' }];
  });
}

describe('templates of a new workspace', () => {
  it('params.yaml parses to the defaults', () => {
    expect(parseYaml(fileOf('params.yaml'), 'params.yaml', paramsSchema)).toEqual(paramsSchema.parse({}));
  });

  it('config.yaml parses to the defaults', () => {
    expect(parseYaml(fileOf('config.yaml'), 'config.yaml', configSchema)).toEqual(configSchema.parse({}));
  });

  it.each([
    ['params.yaml', paramsSchema],
    ['config.yaml', configSchema],
  ] as const)('%s shows every key once, each leaf with a comment', (name, schema) => {
    const known = dottedKeys(schema, '');
    const inTemplate = keysOf(fileOf(name), known).filter(({ key }) => !key.endsWith('.width'));
    expect(inTemplate.map(({ key }) => key).sort()).toEqual([...known].sort());
    const groups = known.filter((key) => known.some((other) => other.startsWith(`${key}.`)));
    const bare = inTemplate.filter(({ key, before }) => !groups.includes(key) && !before.trim().startsWith('#'));
    expect(bare).toEqual([]);
  });

  it('a key that is set replaces its comment, whatever the value holds', () => {
    const source = 'C:\\data\\"odd" $& name: #1';
    const config = workspaceFiles({ source, classes: ['a', "b'"], description: 'x: y' }).get('config.yaml') ?? '';
    expect(parseYaml(config, 'config.yaml', configSchema)).toMatchObject({
      source,
      classes: ['a', "b'"],
      description: 'x: y',
    });
  });
});
