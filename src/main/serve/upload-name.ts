import { HilumError } from '../../pipeline/domain/errors.ts';
import { workspaceNames } from '../workspace/names.ts';

const deepest = 32;
const longestBytes = 255;
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?$/i;

/** What a part of a name must not be, on any system that a workspace may be carried to. */
const faults: readonly { readonly what: string; readonly of: (part: string) => boolean }[] = [
  { what: 'a part of its name is empty', of: (part) => part === '' },
  { what: 'its name holds a control character', of: (part) => /\p{Cc}/u.test(part) },
  { what: 'its name holds a backslash or a colon', of: (part) => /[\\:]/.test(part) },
  { what: 'a part of its name ends with a dot', of: (part) => part.endsWith('.') },
  { what: 'its name is kept for records', of: (part) => part.toLowerCase() === workspaceNames.state },
  { what: 'a part of its name begins or ends with a blank', of: (part) => /^\s|\s$/u.test(part) },
  {
    what: `a part of its name is longer than ${longestBytes} bytes`,
    of: (part) => Buffer.byteLength(part) > longestBytes,
  },
  { what: 'its name is kept for a device', of: (part) => deviceName.test(part) },
];

/**
 * Parts of the relative path of an uploaded file, `/` between folders. Written in one form of Unicode (NFC): some systems
 * send letters and their accents apart.
 * @throws HilumError `upload/bad-name`
 */
export function uploadNameParts(name: string): string[] {
  const parts = name.normalize('NFC').split('/');
  if (parts.length > deepest) throw badName(`it lies deeper than ${deepest} folders`);
  const fault = faults.find(({ of }) => parts.some(of));
  if (fault !== undefined) throw badName(fault.what);
  return parts;
}

export function badName(what: string): HilumError {
  return new HilumError('upload/bad-name', { what });
}
