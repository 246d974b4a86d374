import type { Random } from '../domain/random.ts';
import { bell, between, clamp } from './numbers.ts';

/** HU of the tissues that contrast medium changes. */
export interface Enhancement {
  readonly name: 'none' | 'arterial' | 'portal';
  readonly cortex: number;
  readonly medulla: number;
  readonly aorta: number;
  readonly cava: number;
  readonly liver: number;
  readonly liverVessels: number;
  readonly spleen: number;
  readonly pancreas: number;
  readonly muscle: number;
  readonly bowelWall: number;
  readonly tumour: number;
}

const phases: readonly Enhancement[] = [
  {
    name: 'none',
    cortex: 34,
    medulla: 31,
    aorta: 42,
    cava: 40,
    liver: 58,
    liverVessels: 44,
    spleen: 48,
    pancreas: 40,
    muscle: 54,
    bowelWall: 38,
    tumour: 56,
  },
  {
    name: 'arterial',
    cortex: 165,
    medulla: 75,
    aorta: 290,
    cava: 90,
    liver: 74,
    liverVessels: 95,
    spleen: 125,
    pancreas: 100,
    muscle: 60,
    bowelWall: 80,
    tumour: 104,
  },
  {
    name: 'portal',
    cortex: 170,
    medulla: 145,
    aorta: 150,
    cava: 145,
    liver: 108,
    liverVessels: 160,
    spleen: 116,
    pancreas: 88,
    muscle: 62,
    bowelWall: 85,
    tumour: 100,
  },
];

/** Size, shape and tissue of one person, in mm and HU. Drawn without knowledge of the finding. */
export interface Physique {
  readonly halfWidth: number;
  readonly frontDepth: number;
  readonly backDepth: number;
  /** 0 round .. 1 box-like outline. */
  readonly squareness: number;
  readonly outlinePhase: number;
  readonly outlineWarp: number;
  readonly fatSide: number;
  readonly fatFront: number;
  readonly fatBack: number;
  readonly wallSide: number;
  readonly wallFront: number;
  readonly fatHu: number;
  readonly waist: number;
  readonly hips: number;
  readonly spineX: number;
  readonly spineY: number;
  readonly vertebraPhase: number;
  readonly boneHu: number;
  readonly ribPhase: number;
  readonly ribSlope: number;
  readonly enhancement: Enhancement;
}

export function drawPhysique(random: Random): Physique {
  const girth = clamp(bell(random), -1.8, 2.2);
  const frame = clamp(bell(random), -2, 2);
  const adipose = clamp(girth * 0.8 + bell(random) * 0.5, -1.6, 2.4);
  const halfWidth = 150 + 9 * girth + 6 * frame;
  const aspect = between(random, 0.6, 0.82);
  const depth = 2 * halfWidth * aspect;
  const frontShare = between(random, 0.5, 0.58);
  const fat = 13 + 5 * adipose;
  const backDepth = depth * (1 - frontShare);
  const fatBack = fat * between(random, 0.6, 1.1) + 4;
  return {
    halfWidth,
    frontDepth: depth * frontShare,
    backDepth,
    squareness: between(random, 0.1, 0.75),
    outlinePhase: between(random, 0, 32),
    outlineWarp: between(random, 0.015, 0.05),
    fatSide: fat * between(random, 0.6, 1.1),
    fatFront: fat * between(random, 0.7, 1.5),
    fatBack,
    wallSide: between(random, 12, 19),
    wallFront: between(random, 7, 12),
    fatHu: between(random, -112, -95),
    waist: between(random, 0, 0.08),
    hips: between(random, 0, 0.12),
    spineX: 4 * bell(random),
    spineY: backDepth - fatBack - between(random, 55, 63),
    vertebraPhase: between(random, 0, 1),
    boneHu: between(random, 150, 260),
    ribPhase: between(random, 0, 27),
    ribSlope: between(random, 60, 105),
    enhancement: drawEnhancement(random),
  };
}

function drawEnhancement(random: Random): Enhancement {
  const draw = random.next();
  const phase = phases[draw < 0.15 ? 0 : draw < 0.3 ? 1 : 2];
  if (phase === undefined) throw new RangeError('no contrast phase');
  const strength = between(random, 0.85, 1.15);
  const shift = between(random, -4, 4);
  const vary = (hu: number): number => hu * strength + shift + between(random, -3, 3);
  return {
    name: phase.name,
    cortex: vary(phase.cortex),
    medulla: vary(phase.medulla),
    aorta: vary(phase.aorta),
    cava: vary(phase.cava),
    liver: vary(phase.liver) - (random.next() < 0.15 ? between(random, 10, 35) : 0),
    liverVessels: vary(phase.liverVessels),
    spleen: vary(phase.spleen),
    pancreas: vary(phase.pancreas),
    muscle: vary(phase.muscle),
    bowelWall: vary(phase.bowelWall),
    tumour: clamp(vary(phase.tumour), 44, 108),
  };
}
