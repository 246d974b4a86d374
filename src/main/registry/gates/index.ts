import { calibrated } from './calibrated.ts';
import { duel } from './duel.ts';
import type { Gate } from './gate.ts';
import { honest } from './honest.ts';
import { selfTest } from './self-test.ts';
import { sensitivity } from './sensitivity.ts';
import { signature } from './signature.ts';
import { trust } from './trust.ts';
import { whole } from './whole.ts';

/** Every condition of promotion, in the order of `gateNames`. */
export const gates: readonly Gate[] = [whole, honest, selfTest, calibrated, trust, sensitivity, duel, signature];
