import {
  distrust,
  exportKey,
  keyList,
  makeOwnKey,
  readKey,
  signKnown,
  trustPem,
  trustSigner,
} from '../../session/keys.ts';
import type { Session } from '../../session/session.ts';
import type { keyCalls } from '../contract/keys.ts';
import type { Handlers } from '../core.ts';

export function keyHandlers(session: Session): Pick<Handlers, keyof typeof keyCalls> {
  return {
    'keys/list': () => keyList(session),
    'keys/make': ({ name }) => makeOwnKey(session, name),
    'keys/export': ({ fingerprint }) => exportKey(session, fingerprint),
    'keys/read': ({ pem }) => readKey(pem),
    'keys/trust': async ({ pem, fingerprint, name }) => {
      await trustPem(session, pem, fingerprint, name);
      return {};
    },
    'keys/trust-signer': async ({ model, fingerprint, name }) => {
      await trustSigner(session, model, fingerprint, name);
      return {};
    },
    'keys/distrust': async ({ fingerprint }) => {
      await distrust(session, fingerprint);
      return {};
    },
    'models/sign': async ({ model, key }) => {
      await signKnown(session, model, key);
      return {};
    },
  };
}
