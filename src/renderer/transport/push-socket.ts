import type { Push } from '../../main/ipc/contract.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { Connection } from './transport.ts';

/** Pushes over a WebSocket that is opened again, ever more patiently, when it is lost. */
export function listenOverSocket(
  token: string,
  onPush: (push: Push) => void,
  onConnection: (connection: Connection) => void,
): () => void {
  let socket: WebSocket | undefined;
  let timer: number | undefined;
  let attempt = 0;
  let ended = false;

  const open = (): void => {
    const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/push`;
    socket = new WebSocket(address, ['hilum.v1', `bearer.${token}`]);
    socket.addEventListener('open', () => {
      attempt = 0;
      onConnection('open');
    });
    socket.addEventListener('message', (event) => onPush(JSON.parse(event.data)));
    socket.addEventListener('close', () => {
      if (ended) return;
      onConnection('lost');
      timer = window.setTimeout(open, retryDelayMs(attempt++));
    });
  };

  onConnection('connecting');
  open();
  return () => {
    ended = true;
    window.clearTimeout(timer);
    socket?.close();
  };
}
