import { tensorSchema, thumbnailSide, viewedSchema } from '../../../pipeline/domain/view.ts';
import { placeOf } from '../../session/images/place.ts';
import { rulesFor } from '../../session/images/rules.ts';
import { thumbnails } from '../../session/images/thumbnails.ts';
import type { Session } from '../../session/session.ts';
import type { ImageRef, Output } from '../contract.ts';
import type { Handlers } from '../core.ts';

type ImageHandlers = Pick<Handlers, 'images/view' | 'images/thumbnails' | 'images/tensor'>;

export function imageHandlers(session: Session): ImageHandlers {
  const small = thumbnails(session);
  return {
    'images/view': ({ image }) => viewOf(session, image),
    'images/thumbnails': async ({ images }) => ({ side: thumbnailSide, pictures: await small(images) }),
    'images/tensor': ({ image }) => tensorOf(session, image),
  };
}

async function viewOf(session: Session, image: ImageRef): Promise<Output<'images/view'>> {
  const { path, file, frame } = await placeOf(session, image);
  // An image can be looked at when the model that answered for it is gone.
  const rules = await rulesFor(session, image).catch(() => ({}));
  const viewed = await session.viewer.run('view', { path, file, frame, want: 'view', ...rules }, viewedSchema);
  return { ...viewed, pixels: base64(viewed.pixels) };
}

async function tensorOf(session: Session, image: ImageRef): Promise<Output<'images/tensor'>> {
  const { path, file, frame } = await placeOf(session, image);
  const rules = await rulesFor(session, image);
  const seen = await session.viewer.run('view', { path, file, frame, want: 'tensor', ...rules }, tensorSchema);
  return { ...seen, channels: seen.channels.map(({ title, pixels }) => ({ title, pixels: base64(pixels) })) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
