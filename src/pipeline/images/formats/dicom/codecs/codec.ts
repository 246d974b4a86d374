import type { PixelModule } from '../pixel-module.ts';

/** Integers of one frame as the codec gives them, before sign extension and masking. */
export interface RawSamples {
  readonly values: Uint8Array | Uint16Array | Int16Array;
  readonly samples: 1 | 3;
  readonly planar: boolean;
  /** What three samples mean: as the header says, or RGB because the codec has undone its colour transform. */
  readonly colour: 'declared' | 'rgb';
}

export interface CodecInput {
  readonly bytes: Uint8Array;
  readonly pixels: PixelModule;
  readonly bigEndian: boolean;
}

export interface Codec {
  /** @throws HilumError `image/truncated`, `image/corrupt`, `image/unsupported-pixels` */
  decode(input: CodecInput): RawSamples | Promise<RawSamples>;
}
