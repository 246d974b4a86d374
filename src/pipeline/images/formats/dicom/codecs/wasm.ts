import { HilumError } from '../../../../domain/errors.ts';

/** What the cornerstone decoders share: bytes in, decode, bytes out, free. */
interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  delete(): void;
}

type WasmModuleFactory<M> = (options: { print: () => void; printErr: () => void }) => Promise<M>;

/** One WebAssembly codec: loaded on first use, thrown away after a failure (a trap leaves its memory in an unknown state). */
export interface WasmCodec<D extends WasmDecoder> {
  /** Decodes one codestream. `read` takes what it needs before the decoder's memory is freed. */
  run<T>(bytes: Uint8Array, read: (decoder: D) => T): Promise<T>;
}

export function wasmCodec<D extends WasmDecoder, M>(
  format: string,
  load: () => Promise<{ readonly default: WasmModuleFactory<M> }>,
  create: (module: M) => D,
): WasmCodec<D> {
  let loaded: Promise<M> | undefined;
  return {
    async run(bytes, read) {
      // The codecs print to stdout, which is data for whoever reads us.
      loaded ??= load().then((module) => module.default({ print: () => {}, printErr: () => {} }));
      const module = await loaded;
      try {
        const decoder = create(module);
        try {
          decoder.getEncodedBuffer(bytes.length).set(bytes);
          decoder.decode();
          return read(decoder);
        } finally {
          decoder.delete();
        }
      } catch (error) {
        loaded = undefined;
        if (error instanceof HilumError) throw error;
        throw new HilumError('image/corrupt', { format }, { cause: error });
      }
    },
  };
}
