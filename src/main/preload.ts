import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { channels, dropChannel, pushChannel } from './ipc/channels.ts';
import type { Push } from './ipc/contract.ts';

/**
 * The page's only door: one function a channel, pushes as plain values, paths of files that the user dropped. Neither
 * `ipcRenderer`, nor an event, nor a free choice of channel gets through (FAULTS A3).
 */
const listeners = new Set<(push: Push) => void>();
/** Pushes that came before the page listened. */
const early: Push[] = [];
const mostEarly = 100;

ipcRenderer.on(pushChannel, (_event, push: Push) => {
  const plain: Push = JSON.parse(JSON.stringify(push));
  if (listeners.size === 0 && early.length < mostEarly) early.push(plain);
  for (const listener of listeners) listener(plain);
});

const calls = Object.fromEntries(
  channels.map((channel) => [channel, (input: unknown): Promise<unknown> => ipcRenderer.invoke(channel, input)]),
);

const onPush = (listener: (push: Push) => void): (() => void) => {
  listeners.add(listener);
  for (const push of early.splice(0)) listener(push);
  return () => {
    listeners.delete(listener);
  };
};

const dropped = async (files: File[]): Promise<string[]> => {
  const reply: unknown = await ipcRenderer.invoke(
    dropChannel,
    files.map(pathOf).filter((path) => path !== ''),
  );
  return pathsIn(reply);
};

/** Empty for a file that the page made itself. */
const pathOf = (file: File): string => {
  try {
    return webUtils.getPathForFile(file);
  } catch {
    return '';
  }
};

const pathsIn = (reply: unknown): string[] => {
  if (typeof reply !== 'object' || reply === null || !('value' in reply) || !Array.isArray(reply.value)) return [];
  return reply.value.filter((path) => typeof path === 'string');
};

contextBridge.exposeInMainWorld('hilum', {
  calls,
  onPush: (listener: (push: Push) => void) => onPush(listener),
  dropped: (files: File[]) => dropped(files),
});
