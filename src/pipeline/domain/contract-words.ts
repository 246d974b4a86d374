import type { Contract, HounsfieldWindow } from './contract.ts';
import type { Domain } from './image.ts';

const domainWords: Record<Domain, string> = {
  hounsfield: 'CT slices in Hounsfield units (DICOM, NIfTI)',
  display: 'grey pictures that were windowed before (PNG, JPEG, TIFF)',
};

const cropWords: Record<Contract['crop'], string> = {
  body: 'Crop to the box around the body: brighter than -500 HU, or than grey 20 of 255.',
  none: 'No crop: the whole picture is used.',
};

const paddingWords: Record<Contract['padding'], string> = {
  square: 'Pad with black to a square; proportions stay as they are.',
  none: 'No padding: what is not square is stretched.',
};

const resizeWords: Record<Contract['resize'], string> = {
  area: 'area averages (antialiased)',
  bilinear: 'antialiased bilinear interpolation',
  nearest: 'the nearest pixel',
  'bilinear-plain': 'bilinear interpolation without antialiasing, half-pixel centres (as OpenCV)',
  'bilinear-corner': 'bilinear interpolation without antialiasing, corners on each other (as tfjs)',
  'nearest-corner': 'the nearest pixel, corners on each other (as OpenCV)',
  'nearest-pillow': 'the nearest pixel, as Pillow steps to it',
  bicubic: 'antialiased bicubic interpolation',
};

const roundingWords: Record<NonNullable<Contract['rounding']>, string> = {
  byte: 'Round to whole grey levels (halves to even, as NumPy).',
  'each-pass': 'Round to whole grey levels after columns and again after rows (as Pillow).',
};

/** A preprocessing contract for people: one sentence a step, in the order in which the steps are applied. */
export function contractSteps(contract: Contract): string[] {
  const { domains, crop, padding, resize, rounding, size, mean, std } = contract;
  const low = (0 - mean) / std;
  const high = (255 - mean) / std;
  return [
    `Takes ${domains.map((domain) => domainWords[domain]).join(' and ')}.`,
    ...greySteps(contract),
    cropWords[crop],
    paddingWords[padding],
    `Resize to ${size} x ${size} pixels by ${resizeWords[resize]}.`,
    ...(rounding === undefined ? [] : [roundingWords[rounding]]),
    `Network value = (grey - ${mean}) / ${std}: from ${low.toFixed(2)} to ${high.toFixed(2)}.`,
    channelStep(contract),
  ];
}

function greySteps({ domains, windows }: Contract): string[] {
  const takesHu = domains.includes('hounsfield');
  const [first] = windows;
  const steps: string[] = [];
  if (!takesHu) {
    steps.push(`Hounsfield units become grey 0 to 255 (${windowWords(first)}) and are marked for review.`);
  } else if (windows.length === 1) steps.push(`Hounsfield units become grey 0 to 255: ${windowWords(first)}.`);
  else
    steps.push(`Hounsfield units become grey 0 to 255, one window a channel: ${windows.map(windowWords).join('; ')}.`);
  if (domains.includes('display')) steps.push('Grey pictures keep their values, scaled to 0 to 255.');
  return steps;
}

/** `center 40 HU, width 400 HU (black at -160 HU, white at 240 HU)` */
function windowWords({ center, width }: HounsfieldWindow): string {
  return `center ${center} HU, width ${width} HU (black at ${center - width / 2} HU, white at ${center + width / 2} HU)`;
}

function channelStep({ channels, windows }: Contract): string {
  if (channels === 1) return 'One channel of grey.';
  return windows.length === 1
    ? `The same grey goes into all ${channels} channels.`
    : `Each of the ${channels} channels has its own window; grey pictures go into all of them alike.`;
}
