import { randomFrom } from '../domain/random.ts';
import { bowel } from './anatomy/bowel.ts';
import { drawSite, type Finding, planters, type Site } from './anatomy/findings.ts';
import { drawKidneys, type Kidney, kidneyFat, kidneyLayers } from './anatomy/kidneys.ts';
import { upperOrgans } from './anatomy/organs.ts';
import { spine, trunkMuscles } from './anatomy/spine.ts';
import { table } from './anatomy/table.ts';
import { torso } from './anatomy/torso.ts';
import { vessels } from './anatomy/vessels.ts';
import type { Layer } from './canvas.ts';
import { drawPhysique, type Physique } from './physique.ts';
import { drawScanner, type Scanner } from './scanner.ts';

/** A synthetic person with a scanner and, unless Normal, a finding. */
export interface Patient {
  readonly key: string;
  readonly finding: Finding;
  readonly physique: Physique;
  readonly scanner: Scanner;
  readonly kidneys: readonly Kidney[];
  readonly site: Site;
  /** In paint order. */
  readonly layers: readonly Layer[];
}

/**
 * Draws a patient. Body, scanner and the site of the finding come from their own random sequences, which do not know
 * the class: the same seed with another finding is the same person with another illness.
 */
export function phantomPatient(seed: number | string, finding: Finding): Patient {
  const sequence = (part: string) => randomFrom('phantom', seed, part);
  const physique = drawPhysique(sequence('physique'));
  const scanner = drawScanner(physique, sequence('scanner'));
  const kidneys = drawKidneys(physique, sequence('kidneys'));
  const site = drawSite(kidneys, sequence('site'));
  const tissue = sequence('kidney tissue');
  return {
    key: `${seed}`,
    finding,
    physique,
    scanner,
    kidneys,
    site,
    layers: [
      torso(physique),
      table(physique, scanner),
      ...upperOrgans(physique, sequence('organs')),
      ...bowel(physique, sequence('bowel')),
      ...kidneys.map((kidney) => kidneyFat(physique, kidney)),
      ...trunkMuscles(physique),
      ...vessels(physique, kidneys, sequence('vessels')),
      ...kidneys.flatMap((kidney) => kidneyLayers(physique, kidney, tissue)),
      ...planters[finding](physique, site, kidneys, sequence(finding)),
      spine(physique),
    ],
  };
}
