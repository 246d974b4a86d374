import { readAnswering } from '../../models/answering.ts';
import { numberText } from '../../studies/figures.ts';
import type { Gate } from './gate.ts';

export const calibrated: Gate = {
  name: 'calibrated',
  ofChallenger: false,
  isRequired: ({ gates }) => gates.calibrated,
  async check({ model }) {
    const { temperature, evidence } = (await readAnswering(model.folder)).calibration;
    if (evidence === null) {
      const reason = 'Not calibrated: nothing was measured on held-out patient groups.';
      return { passed: false, reason, figures: { temperature, patient_groups: 0 } };
    }
    const { before, after, groups } = evidence;
    const change = `calibration error ${numberText(before.ece.value)} before, ${numberText(after.ece.value)} after`;
    const figures = { temperature, ece_before: before.ece.value, ece_after: after.ece.value, patient_groups: groups };
    return { passed: true, reason: `Calibrated on ${groups} held-out patient groups: ${change}.`, figures };
  },
};
