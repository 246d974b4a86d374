import type { Contract } from '../../domain/contract.ts';
import type { GateTrial } from '../../domain/gate.ts';
import type { DecodedImage } from '../../domain/image.ts';
import { axialSlice, phantomPatient, softTissueGrey } from '../../phantom/index.ts';
import { farPictures, nearPictures } from '../../predictions/index.ts';

const ofEachKind = 3;
const phantomSide = 256;
/** Heights of synthetic slices in mm above the kidneys. */
const phantomLevels = [
  { name: 'synthetic slice above the kidneys', z: 160 },
  { name: 'synthetic slice below the kidneys', z: -160 },
] as const;

/**
 * What the gate says of pictures that it should refuse (noise, text, a screenshot ...) and of near ones, which it may miss:
 * the study's own pictures turned, cut or windowed otherwise, and synthetic slices of other levels.
 */
export async function gateTrials(
  contract: Contract,
  own: readonly DecodedImage[],
  isRefused: (image: DecodedImage) => Promise<boolean>,
): Promise<GateTrial[]> {
  const trials = new Map<string, { kind: GateTrial['kind']; images: number; refused: number }>();
  const tryOut = async (kind: GateTrial['kind'], name: string, image: DecodedImage): Promise<void> => {
    const refused = await isRefused(image);
    const before = trials.get(name) ?? { kind, images: 0, refused: 0 };
    trials.set(name, { kind, images: before.images + 1, refused: before.refused + (refused ? 1 : 0) });
  };
  for (const { name, image } of farPictures(contract, ofEachKind)) await tryOut('far', name, image);
  for (const { name, image } of nearPictures(own, contract)) await tryOut('near', name, image);
  for (const { name, image } of otherLevels(contract)) await tryOut('near', name, image);
  return [...trials].map(([name, trial]) => ({ name, ...trial }));
}

function* otherLevels({ domains }: Contract): Generator<{ name: string; image: DecodedImage }> {
  for (const { name, z } of phantomLevels) {
    for (let seed = 1; seed <= ofEachKind; seed++) {
      const { hu } = axialSlice(phantomPatient(`gate ${seed}`, 'Normal'), z, phantomSide);
      const shared = { width: phantomSide, height: phantomSide, white: 255, plane: 'axial' } as const;
      const image: DecodedImage = domains.includes('display')
        ? { ...shared, domain: 'display', pixels: softTissueGrey(hu) }
        : { ...shared, domain: 'hounsfield', pixels: hu };
      yield { name, image };
    }
  }
}
