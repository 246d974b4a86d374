import { endMessage, type FromWorker } from './protocol.ts';

/** The worker's line to the process that supervises it. */
export interface WorkerChannel {
  send(message: FromWorker): void;
  onMessage(listener: (raw: unknown) => void): void;
  /** The other side is gone, or asks the worker to end. */
  onDisconnect(listener: () => void): void;
}

/** A process that was started with a channel of Node's own (`child_process.fork`), or without any. */
interface ForkedProcess {
  send?: ((message: FromWorker) => unknown) | undefined;
  on(event: 'message' | 'disconnect', listener: (raw: unknown) => void): unknown;
}

/** Electron's port of a utility process, in the part that is used; named here so that the worker stays free of Electron. */
interface ParentPort {
  postMessage(message: FromWorker): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
}

/** The port of a utility process where there is one, else Node's channel. */
export function openChannel(self: ForkedProcess): WorkerChannel {
  const port: unknown = Reflect.get(self, 'parentPort');
  return isParentPort(port) ? utilityChannel(port) : forkChannel(self);
}

function forkChannel(self: ForkedProcess): WorkerChannel {
  return {
    send: (message) => void self.send?.(message),
    onMessage: (listener) => void self.on('message', listener),
    onDisconnect: (listener) => void self.on('disconnect', listener),
  };
}

/** A utility process dies with the app by itself; it is asked to end by a message, since its port cannot be closed from outside. */
function utilityChannel(port: ParentPort): WorkerChannel {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) =>
      void port.on('message', ({ data }) => {
        if (data !== endMessage) listener(data);
      }),
    onDisconnect: (listener) =>
      void port.on('message', ({ data }) => {
        if (data === endMessage) listener();
      }),
  };
}

function isParentPort(port: unknown): port is ParentPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port;
}
