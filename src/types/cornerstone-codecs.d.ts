// The WebAssembly codecs ship without types. Only what we call is declared.

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  export interface JpegLsDecoder {
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getDecodedBuffer(): Uint8Array;
    getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number };
    /** 0 plane by plane, 1 line by line, 2 pixel by pixel. */
    getInterleaveMode(): number;
    delete(): void;
  }
  export interface CharLs {
    JpegLSDecoder: new () => JpegLsDecoder;
  }
  const load: (options: { print: () => void; printErr: () => void }) => Promise<CharLs>;
  export default load;
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export interface Jpeg2000Decoder {
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getDecodedBuffer(): Uint8Array;
    getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number };
    delete(): void;
  }
  export interface OpenJpeg {
    J2KDecoder: new () => Jpeg2000Decoder;
  }
  const load: (options: { print: () => void; printErr: () => void }) => Promise<OpenJpeg>;
  export default load;
}

declare module '@cornerstonejs/codec-openjph/wasmjs' {
  export interface HighThroughputDecoder {
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getDecodedBuffer(): Uint8Array;
    getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number };
    delete(): void;
  }
  export interface OpenJph {
    HTJ2KDecoder: new () => HighThroughputDecoder;
  }
  const load: (options: { print: () => void; printErr: () => void }) => Promise<OpenJph>;
  export default load;
}
