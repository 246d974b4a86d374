import type { DataSet } from 'dicom-parser';
import type { ImageDetails } from '../../../domain/image.ts';
import { decimal, decimals, macroOf } from './functional-groups.ts';
import { slicePositionMm } from './geometry.ts';
import { modalityRule } from './modality.ts';

/**
 * One line that may be shown over a frame. The list is all there is: what it does not name never leaves the file. Numbers
 * are shown as numbers that we read, text only of coded and short elements.
 */
interface Fact {
  readonly name: string;
  read(frame: Frame): string | undefined;
}

interface Frame {
  readonly dataSet: DataSet;
  readonly index: number;
  /** Stored values are signed. */
  readonly signed: boolean;
}

const pixelMeasures = 'x00289110';

const facts: readonly Fact[] = [
  { name: 'Modality', read: ({ dataSet }) => code(dataSet, 'x00080060', 'CS') },
  {
    name: 'Pixel spacing',
    read: ({ dataSet, index }) => {
      const [down, across] = decimals(macroOf(dataSet, index, pixelMeasures, 'x00280030'), 'x00280030', 2) ?? [];
      return down === undefined || across === undefined ? undefined : `${short(down)} x ${short(across)} mm`;
    },
  },
  { name: 'Slice thickness', read: (frame) => measured(frame, 'x00180050', 'mm', pixelMeasures) },
  { name: 'Slice spacing', read: (frame) => measured(frame, 'x00180088', 'mm', pixelMeasures) },
  {
    name: 'Slice position',
    read: ({ dataSet, index }) => withUnit(slicePositionMm(dataSet, index), 'mm'),
  },
  { name: 'Field of view', read: (frame) => measured(frame, 'x00181100', 'mm') },
  { name: 'Gantry tilt', read: (frame) => measured(frame, 'x00181120', '°') },
  { name: 'Tube voltage', read: (frame) => measured(frame, 'x00180060', 'kV') },
  { name: 'Tube current', read: (frame) => measured(frame, 'x00181151', 'mA') },
  { name: 'Exposure', read: (frame) => measured(frame, 'x00181152', 'mAs') },
  { name: 'Kernel', read: ({ dataSet }) => code(dataSet, 'x00181210', 'SH') },
  {
    name: 'Rescale',
    read: ({ dataSet, index, signed }) => {
      const { hounsfield, slope, intercept, table } = modalityRule(dataSet, index, signed);
      if (!hounsfield || table !== undefined) return undefined;
      return `HU = ${short(slope)} x stored ${intercept < 0 ? '-' : '+'} ${short(Math.abs(intercept))}`;
    },
  },
];

/** What may be shown of one frame, and the window that the file proposes. */
export function detailsOf(dataSet: DataSet, index: number, signed: boolean): ImageDetails {
  const frame = { dataSet, index, signed };
  const found = facts.flatMap(({ name, read }) => {
    const value = read(frame);
    return value === undefined ? [] : [{ name, value }];
  });
  return { facts: found, window: windowOf(frame) };
}

/** The first VOI window, when the frame is in Hounsfield units. */
function windowOf({ dataSet, index, signed }: Frame): ImageDetails['window'] {
  if (!modalityRule(dataSet, index, signed).hounsfield) return null;
  const macro = macroOf(dataSet, index, 'x00289132', 'x00281050');
  const center = decimal(macro, 'x00281050');
  const width = decimal(macro, 'x00281051');
  return center === undefined || width === undefined || width < 1 ? null : { center, width };
}

function measured({ dataSet, index }: Frame, tag: string, unit: string, macro?: string): string | undefined {
  const place = macro === undefined ? dataSet : macroOf(dataSet, index, macro, tag);
  return withUnit(decimal(place, tag), unit);
}

function withUnit(value: number | undefined, unit: string): string | undefined {
  if (value === undefined) return undefined;
  return unit === '°' ? `${short(value)}${unit}` : `${short(value)} ${unit}`;
}

/** Three decimals at most; scanners write up to twelve. */
function short(value: number): string {
  return String(Number(value.toFixed(3)));
}

const longestText = 40;

/** The first value of a coded or short text; another kind of element under this tag is not trusted with text. */
function code(dataSet: DataSet, tag: string, representation: 'CS' | 'SH'): string | undefined {
  const written = dataSet.elements[tag]?.vr;
  if (written !== undefined && written !== representation) return undefined;
  const text = dataSet.string(tag, 0)?.replace(/\p{C}/gu, '').trim().slice(0, longestText);
  return text === undefined || text === '' ? undefined : text;
}
