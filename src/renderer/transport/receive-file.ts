import type { MadeFile } from '../../main/ipc/contract.ts';
import { ApiError } from './api-error.ts';
import { transport } from './call.ts';

/** Brings a file that the core made to the user. @returns what to tell them; null when they chose not to have it */
export async function receiveFile(made: MadeFile): Promise<string | null> {
  if (made.kind === 'cancelled') return null;
  if (made.kind === 'saved') return `Saved as ${made.path}`;
  const response = await fetch(`/download/${encodeURIComponent(made.id)}`, {
    headers: transport()?.headers ?? {},
    cache: 'no-store',
  }).catch((cause: unknown) => {
    throw new ApiError('call/lost', {}, { cause });
  });
  if (!response.ok) throw new ApiError('call/lost');
  offer(await response.blob(), made.name);
  return `Downloaded ${made.name}`;
}

function offer(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the blob after the click has returned.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
