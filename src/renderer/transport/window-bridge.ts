import { ApiError } from './api-error.ts';
import type { Bridge } from './bridge.ts';
import type { Transport } from './transport.ts';

/** The core of the app, behind its preload script. */
export function bridgeTransport(bridge: Bridge): Transport {
  return {
    headers: {},
    call: async (channel, input) => {
      try {
        return await bridge.calls[channel](input);
      } catch (cause) {
        throw new ApiError('call/lost', {}, { cause });
      }
    },
    listen: (onPush, onConnection) => {
      onConnection('open');
      return bridge.onPush(onPush);
    },
  };
}
