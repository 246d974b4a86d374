import type { Contract } from '../domain/contract.ts';
import { HilumError } from '../domain/errors.ts';
import { type BodyBox, bodyBox } from './body-crop.ts';
import { greySource, type Picture } from './grey.ts';
import { resample } from './resample.ts';
import { resampleByPasses } from './resample-by-passes.ts';
import { type AxisSpan, axisTaps } from './taps.ts';

/**
 * A picture as the network's numbers: window (HU) → grey 0..255 → crop → padding → resize → rounding → (grey - mean) / std.
 * @param planes 3, or 1 for a network that reads one plane because a contract of one window fills all channels alike
 * @returns size * size * planes values, rows, columns, channels
 * @throws HilumError `image/domain-mismatch` when the contract takes Hounsfield units only and this is a display picture
 */
export function applyContract(image: Picture, contract: Contract, planes: 1 | 3 = 3): Float32Array {
  const out = new Float32Array(contract.size * contract.size * planes);
  applyContractInto(image, contract, out, 0, planes);
  return out;
}

/**
 * The same, written into a batch from `offset` on; other values of `out` are left alone.
 * HU under a contract that takes display pictures only go through its first window into all channels.
 */
export function applyContractInto(
  image: Picture,
  contract: Contract,
  out: Float32Array,
  offset: number,
  planes: 1 | 3 = 3,
): void {
  const { size, resize, rounding, mean, std, domains } = contract;
  const known = domains.includes(image.domain);
  if (!known && image.domain === 'display') {
    throw new HilumError('image/domain-mismatch', { expected: domains.join(' or '), actual: image.domain });
  }
  const spans = spansOf(image, contract);
  const columns = axisTaps(spans.columns, size, resize);
  const rows = axisTaps(spans.rows, size, resize);
  const windows = image.domain === 'hounsfield' && known ? contract.windows.slice(0, planes) : [contract.windows[0]];
  const copies = planes / windows.length;
  windows.forEach((window, channel) => {
    const source = greySource(image, window);
    const place = { out, offset: offset + channel, step: planes, copies, shift: -mean / std };
    if (rounding === undefined) {
      resample(source.pixels, image.width, columns, rows, { ...place, gain: source.gain / std });
      return;
    }
    const target = { ...place, gain: 1 / std };
    if (rounding === 'byte')
      resample(source.pixels, image.width, columns, rows, { ...target, levels: { gain: source.gain, halves: 'even' } });
    else resampleByPasses(source.pixels, image, columns, rows, target, source.gain);
  });
}

/** The part of a picture that fills the network's input: its columns and rows after crop and padding. */
export function spansOf(
  image: Picture,
  { crop, padding }: Pick<Contract, 'crop' | 'padding'>,
): { readonly columns: AxisSpan; readonly rows: AxisSpan } {
  const box = crop === 'body' ? bodyBox(image) : whole(image);
  const side = padding === 'square' ? Math.max(box.width, box.height) : undefined;
  return { columns: axisSpan(box.left, box.width, side), rows: axisSpan(box.top, box.height, side) };
}

const whole = (image: Picture): BodyBox => ({ left: 0, top: 0, width: image.width, height: image.height });

function axisSpan(start: number, length: number, side: number | undefined): AxisSpan {
  const padded = side ?? length;
  return { start, length, padded, before: Math.floor((padded - length) / 2) };
}
