import { type Canvas, type Layer, labels } from '../canvas.ts';
import { field } from '../lattice.ts';
import { clamp, smoothStep } from '../numbers.ts';
import type { Physique } from '../physique.ts';

/** How much wider than at kidney height the body is at z: waist, hips and chest. */
export function widthAt(person: Physique, z: number): number {
  const hips = person.hips * smoothStep(-60, -170, z);
  const waist = person.waist * smoothStep(-90, -40, z) * smoothStep(40, -20, z);
  const shoulders = 0.04 * smoothStep(90, 220, z);
  return 1 + hips - waist + shoulders;
}

/** Half-axes of the space inside the muscle wall at kidney height: where organs can be. */
export function cavityOf(person: Physique) {
  return {
    side: person.halfWidth - person.fatSide - person.wallSide,
    front: person.frontDepth - person.fatFront - person.wallFront,
    back: person.backDepth - person.fatBack - 12,
  };
}

/** Skin, subcutaneous fat, muscle wall with ribs, and the fat-filled cavity; fills the canvas' cavity share. */
export function torso(person: Physique): Layer {
  return (canvas) => {
    const { cut, width, height } = canvas;
    for (let row = 0; row < height; row++) {
      let x = cut.origin[0] + row * cut.down[0];
      let y = cut.origin[1] + row * cut.down[1];
      let z = cut.origin[2] + row * cut.down[2];
      for (let column = 0; column < width; column++) {
        paintTorsoPoint(canvas, row * width + column, person, x, y, z);
        x += cut.right[0];
        y += cut.right[1];
        z += cut.right[2];
      }
    }
  };
}

function paintTorsoPoint(canvas: Canvas, index: number, person: Physique, x: number, y: number, z: number): void {
  const scale = widthAt(person, z);
  const atBack = y > 0;
  const u = x / (person.halfWidth * scale);
  const v = y / ((atBack ? person.backDepth : person.frontDepth) * (0.5 + 0.5 * scale));
  const u2 = u * u;
  const v2 = v * v;
  const round = u2 + v2;
  if (round > 1.9 || round === 0) return;
  const bend = person.outlineWarp * field(x / 75 + person.outlinePhase, y / 75, z / 110);
  const norm =
    (1 - person.squareness) * Math.sqrt(round) + person.squareness * Math.sqrt(Math.sqrt(u2 * u2 + v2 * v2)) + bend;
  const fromMiddle = x - person.spineX;
  const groove = atBack ? 9 / (1 + (fromMiddle * fromMiddle) / 480) : 0;
  const skin = Math.sqrt(x * x + y * y) * (1 - 1 / Math.max(norm, 1e-3)) + groove;
  const soft = 1.2 * canvas.cut.pixelMm;
  if (skin > soft) return;

  const sideways = u2 / round;
  const fatMm = sideways * person.fatSide + (1 - sideways) * (atBack ? person.fatBack : person.fatFront);
  const wallMm = sideways * person.wallSide + (1 - sideways) * (atBack ? 12 : person.wallFront);
  const wallDistance = skin + fatMm - groove * 0.4;
  const innerDistance = wallDistance + wallMm + 130 * bend;
  const body = clamp(0.5 - skin / soft, 0, 1);
  const wall = clamp(0.5 - wallDistance / soft, 0, 1);
  const cavity = clamp(0.5 - innerDistance / soft, 0, 1);

  let hu = wall < 1 ? fatInSkin(person, x, y, z, skin) : 0;
  let bone = 0;
  if (wall > 0 && cavity < 1) {
    hu += (wallHu(person, x, y, z, -wallDistance, innerDistance) - hu) * wall;
    bone = ribCover(person, x, y, z, innerDistance, soft);
  }
  if (cavity > 0) hu += (cavityFatHu(person, x, y, z) - hu) * cavity;
  if (bone > 0) hu += (ribHu(person, x, y, z) - hu) * bone;
  canvas.hu[index] = -1000 + (hu + 1000) * body;
  canvas.cavity[index] = cavity;
  if (body > 0.5) {
    canvas.labels[index] = bone > 0.5 ? labels.bone : wall > 0.5 && cavity < 0.5 ? labels.muscle : labels.body;
  }
}

function cavityFatHu(person: Physique, x: number, y: number, z: number): number {
  const strand = field(x / 6, y / 6 + 3, z / 9);
  return person.fatHu + 6 + (strand > 0.3 ? 75 * (strand - 0.3) : 0);
}

function fatInSkin(person: Physique, x: number, y: number, z: number, skin: number): number {
  const skinShare = clamp(1.2 + (skin + 1) / 1.6, 0, 1);
  const septum = field(x / 11, y / 11, z / 22 + 17);
  const fat = person.fatHu + 5 * field(x / 25, y / 25, z / 25) + (septum > 0.6 ? 90 * (septum - 0.6) : 0);
  return fat + (15 - fat) * skinShare;
}

/** Three muscle sheets with thin fat planes between, and fat between the bundles. */
function wallHu(person: Physique, x: number, y: number, z: number, fromOuter: number, toInner: number): number {
  const thickness = fromOuter + Math.max(0, toInner);
  const place = thickness > 0 ? fromOuter / thickness : 0;
  const plane = Math.min(Math.abs(place - 0.36), Math.abs(place - 0.68));
  const bundle = field(x / 9, y / 9, z / 20 + 5);
  const fatPlane = Math.abs(x) > 0.35 * person.halfWidth ? clamp(1 - plane / 0.07, 0, 1) * (0.35 + 0.6 * bundle) : 0;
  const muscle = person.enhancement.muscle + 6 * bundle - (bundle < -0.5 ? 60 * (-0.5 - bundle) : 0);
  return muscle + (person.fatHu - muscle) * Math.max(0, fatPlane);
}

const ribSpacingMm = 27;

/** Share of rib bone at a point of the wall. Ribs run down from back to front; the lowest end early. */
function ribCover(person: Physique, x: number, y: number, z: number, depth: number, soft: number): number {
  const v = y / (y > 0 ? person.backDepth : person.frontDepth);
  const onCurve = (z + person.ribSlope * (0.6 - v) * 0.8 - person.ribPhase) / ribSpacingMm;
  const rib = Math.floor(onCurve + 0.5);
  if (rib < 0 || Math.abs(x) < 0.18 * person.halfWidth) return 0;
  const frontEnd = rib === 0 ? 0.4 : rib === 1 ? 0.1 : rib === 2 ? -0.1 : -0.45;
  if (v < frontEnd) return 0;
  const across = (depth - 5) / 3.6;
  const along = ((onCurve - rib) * ribSpacingMm) / 6.5;
  const radius = Math.sqrt(across * across + along * along);
  return clamp(0.5 - ((radius - 1) * 4) / soft, 0, 1);
}

function ribHu(person: Physique, x: number, y: number, z: number): number {
  return person.boneHu + 280 + 180 * field(x / 4, y / 4, z / 4);
}
