import { z } from 'zod';
import type { ErrorCode } from '../../domain/error-table.ts';
import { type Facts, HilumError, isErrorCode } from '../../domain/errors.ts';
import { domains, imageName, planes } from '../../domain/image.ts';
import { readStable, thumbnailSize } from '../../files/index.ts';
import { openImage, pixelHash, thumbnail } from '../../images/index.ts';

const codeSchema = z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value));
const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** Raised when decoding, hashing or thumbnails change, so that facts of an older reader are not used. */
export const readerVersion = 'file facts 1';

/** What ingest needs to know of a file; kept in the stat cache so that an unchanged file is not read again. */
export const fileFactsSchema = z.union([
  z.object({
    sha256: z.string(),
    frames: z.array(
      z.object({
        pixelHash: z.string(),
        width: z.int(),
        height: z.int(),
        domain: z.enum(domains),
        plane: z.enum(planes),
      }),
    ),
    scanKey: z.string().optional(),
    groupKey: z.string().optional(),
    position: z.number().optional(),
  }),
  z.object({ code: codeSchema, facts: factsSchema }),
]);
export type FileFacts = z.infer<typeof fileFactsSchema>;
export type ReadableFacts = Extract<FileFacts, { sha256: string }>;

export function isReadable(facts: FileFacts): facts is ReadableFacts {
  return 'sha256' in facts;
}

/** Grey 0..255 rounded to bytes: enough for correlation, a quarter of the memory. */
export interface FrameThumbnail {
  readonly pixelHash: string;
  readonly grey: Uint8Array;
}

/**
 * Reads and decodes one file: facts for the cache, and a 48x48 thumbnail a frame.
 * A file that cannot be read is a result with its code, not an exception.
 */
export async function readFacts(
  path: string,
  file: string,
): Promise<{ facts: FileFacts; thumbnails: FrameThumbnail[] }> {
  try {
    const { bytes, sha256 } = await readStable(path);
    const opened = await openImage(bytes, { name: file });
    const frames: ReadableFacts['frames'] = [];
    const thumbnails: FrameThumbnail[] = [];
    for (let frame = 0; frame < opened.frames; frame++) {
      const image = await opened.decode(frame);
      const hash = pixelHash(image);
      frames.push({
        pixelHash: hash,
        width: image.width,
        height: image.height,
        domain: image.domain,
        plane: image.plane,
      });
      thumbnails.push({ pixelHash: hash, grey: Uint8Array.from(thumbnail(image, thumbnailSize), Math.round) });
    }
    return { facts: { sha256, frames, ...definedOnly(opened.provenance) }, thumbnails };
  } catch (error) {
    if (!(error instanceof HilumError)) throw error;
    return { facts: refusedFacts(error), thumbnails: [] };
  }
}

/** The images of a file, named as in the manifest. */
export function imagesOf(file: string, facts: ReadableFacts): string[] {
  return facts.frames.map((_, frame) => imageName(file, frame, facts.frames.length));
}

function definedOnly(provenance: {
  scanKey?: string | undefined;
  groupKey?: string | undefined;
  position?: number | undefined;
}) {
  const { scanKey, groupKey, position } = provenance;
  return {
    ...(scanKey === undefined ? {} : { scanKey }),
    ...(groupKey === undefined ? {} : { groupKey }),
    ...(position === undefined ? {} : { position }),
  };
}

export function refusedFacts({ code, facts }: { code: ErrorCode; facts: Facts }): FileFacts {
  return { code, facts: plainFacts(facts) };
}

function plainFacts(facts: Facts): Record<string, string | number | boolean> {
  const plain: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(facts)) if (value !== undefined) plain[key] = value;
  return plain;
}
