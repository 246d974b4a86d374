import { HilumError } from '../../../domain/errors.ts';

/** A dataset as the file describes it. */
export interface Hdf5Dataset {
  readonly shape: readonly number[];
  readonly bytes: number;
  /** Little-endian 32-bit floats, stored plainly in one piece. */
  readonly isPlainFloat32: boolean;
  readFloats(): Float32Array;
}

/** What the importer needs of an HDF5 file. Links to other files lead nowhere: the file is alone in memory. */
export interface Hdf5File {
  readonly name: string;
  hasGroup(path: string): boolean;
  attributesOf(path: string): ReadonlyMap<string, unknown>;
  dataset(path: string): Hdf5Dataset | undefined;
  close(): void;
}

/** Number of a float type, as H5T_class_t has it. */
const floatClass = 1;
const mount = '/network.h5';

/**
 * Opens HDF5 bytes with the HDF Group's library, compiled to WebAssembly: it sees these bytes and no disk.
 * @throws HilumError `network/bad-file`
 */
export async function openHdf5(bytes: Uint8Array, name: string): Promise<Hdf5File> {
  const { File, Group, Dataset, ready } = await import('h5wasm');
  const library = await ready;
  const { FS } = library;
  // Otherwise it prints what it finds, and goes on.
  library.activate_throwing_error_handler();
  FS.writeFile(mount, bytes);
  const guarded = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (error instanceof HilumError) throw error;
      throw new HilumError('network/bad-file', { file: name, what: 'its HDF5 structure is damaged' }, { cause: error });
    }
  };
  const file = guarded(() => new File(mount, 'r'));
  const at = (path: string) => guarded(() => (path === '/' ? file : file.get(path)));
  return {
    name,
    hasGroup: (path) => at(path) instanceof Group,
    attributesOf: (path) => {
      const found = at(path);
      if (!(found instanceof Group)) return new Map();
      return guarded(() => new Map(Object.entries(found.attrs).map(([key, attribute]) => [key, attribute.value])));
    },
    dataset: (path) => {
      const found = at(path);
      if (!(found instanceof Dataset)) return undefined;
      const { metadata, filters } = guarded(() => ({ metadata: found.metadata, filters: found.filters }));
      const { type, size, littleEndian, chunks, virtual_sources: virtual, shape } = metadata;
      const isPlain = type === floatClass && size === 4 && littleEndian && chunks === null && filters.length === 0;
      return {
        shape: shape ?? [],
        bytes: size * (shape ?? []).reduce((product, length) => product * length, 1),
        isPlainFloat32: isPlain && (virtual ?? []).length === 0,
        readFloats: () =>
          floatsOf(
            guarded(() => found.value),
            name,
          ),
      };
    },
    close: () => {
      file.close();
      FS.unlink(mount);
    },
  };
}

function floatsOf(value: unknown, file: string): Float32Array {
  if (value instanceof Float32Array) return value;
  if (typeof value === 'number') return Float32Array.of(value);
  throw new HilumError('network/bad-file', { file, what: 'a weight is not made of floats' });
}

/** Text of an attribute; undefined where there is none. @throws HilumError `network/too-large` */
export function attributeText(file: Hdf5File, path: string, key: string, limit: number): string | undefined {
  const value = file.attributesOf(path).get(key);
  if (value === undefined) return undefined;
  const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
  if (typeof text !== 'string')
    throw new HilumError('network/bad-file', { file: file.name, what: `${key} is no text` });
  if (text.length > limit)
    throw new HilumError('network/too-large', { actual: text.length, limit, unit: `characters of ${key}` });
  return text;
}

/** Texts of a list attribute, which Keras cuts into `key0`, `key1` … where it is long; undefined where there is none. */
export function attributeTexts(file: Hdf5File, path: string, key: string): readonly string[] | undefined {
  const attributes = file.attributesOf(path);
  const whole = attributes.get(key);
  if (whole !== undefined) return textsOf(whole, file.name, key);
  const texts: string[] = [];
  for (let part = 0; attributes.has(`${key}${part}`); part++)
    texts.push(...textsOf(attributes.get(`${key}${part}`), file.name, key));
  return texts.length === 0 ? undefined : texts;
}

function textsOf(value: unknown, file: string, key: string): readonly string[] {
  const list = Array.isArray(value) ? value : ArrayBuffer.isView(value) ? [] : [value];
  return list.map((each: unknown) => {
    if (typeof each !== 'string')
      throw new HilumError('network/bad-file', { file, what: `${key} is no list of names` });
    return each;
  });
}
