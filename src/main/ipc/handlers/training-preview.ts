import { augmentPreviewSchema } from '../../../pipeline/domain/augment-preview.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { randomFrom } from '../../../pipeline/domain/random.ts';
import { placeOf } from '../../session/images/place.ts';
import { plannedRules } from '../../session/images/rules.ts';
import type { Session } from '../../session/session.ts';
import { requireManifest } from '../../studies/dataset-tables.ts';
import type { Output } from '../contract.ts';
import type { Handlers } from '../core.ts';

/** An image as training with these parameters would see it; the worker that shows images draws it. */
export async function previewOf(
  session: Session,
  { params, nth, epochs }: Parameters<Handlers['training/preview']>[0],
): Promise<Output<'training/preview'>> {
  const { workspace } = session.study;
  const manifest = await requireManifest(workspace.paths);
  const order = randomFrom('preview').shuffled([...manifest.keys()]);
  const row = manifest[order[nth % order.length] ?? -1];
  if (row === undefined) throw new HilumError('image/missing');
  const { path, file, frame } = await placeOf(session, { of: 'dataset', image: row.image });
  const { contract } = await plannedRules({ ...workspace, params });
  const input = { path, file, frame, contract, params, pixelHash: row.pixel_hash, epochs };
  const { size, pictures } = await session.viewer.run('augment-preview', input, augmentPreviewSchema);
  return { image: row.image, class: row.class, size, pictures: pictures.map(base64) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
