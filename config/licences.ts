import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string | { readonly type: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The program's own licence and those of the packages that it is built from and that are installed, by name. */
export function licencesOf(root: string) {
  const { dependencies, optionalDependencies } = read(join(root, 'package.json'));
  const names = Object.keys({ ...dependencies, ...optionalDependencies }).sort();
  const files = names.map((name) => join(root, 'node_modules', name, 'package.json')).filter(existsSync);
  const packages = files.map(read).map(({ name = '', version = '', license = 'see the package' }) => {
    return { name, version, licence: typeof license === 'string' ? license : license.type };
  });
  return { own: readFileSync(join(root, 'LICENSE'), 'utf8'), packages };
}

/** Writes `licences.json` beside the bundle, where an installed program finds it without its packages. */
export function licences(root: string): Plugin {
  return {
    name: 'hilum-licences',
    generateBundle() {
      const source = `${JSON.stringify(licencesOf(root), null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'licences.json', source });
    },
  };
}

function read(path: string): PackageJson {
  return JSON.parse(readFileSync(path, 'utf8'));
}
