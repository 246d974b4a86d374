import { describe, expect, it } from 'vitest';
import { predictiveValues } from '../../../../src/pipeline/domain/predictive-values.ts';
import type { ClassFigures } from '../../../../src/pipeline/domain/run-figures.ts';
import { worthAt } from '../../../../src/renderer/screens/runs/one/figures/worth.ts';

const nothing = { value: null, low: null, high: null };
const measured = { sensitivity: 0.9, specificity: 0.8 };
const at = (prevalence: number) => predictiveValues({ ...measured, prevalence });

function ofClass(prevalence: number): ClassFigures {
  const { ppv, npv } = at(prevalence);
  const answer = {
    sensitivity: nothing,
    specificity: nothing,
    ppv: { value: ppv, low: 0.2, high: 1 },
    npv: { value: npv, low: null, high: null },
  };
  const counts = { name: 'Tumor', cases: 4, groups: 3, share: prevalence, prevalence };
  return {
    ...counts,
    answer,
    operating_point: null,
    auc: null,
    average_precision: null,
    roc: [],
    precision_recall: [],
  };
}

describe('predictive values moved to another prevalence', () => {
  it.each([0.001, 0.02, 0.5, 0.9])('are those of the measured sensitivity and specificity at %d', (prevalence) => {
    const { ppv, npv } = worthAt(ofClass(0.3), prevalence);
    expect(ppv.value).toBeCloseTo(at(prevalence).ppv ?? Number.NaN, 12);
    expect(npv.value).toBeCloseTo(at(prevalence).npv ?? Number.NaN, 12);
    expect(ppv.high).toBe(1);
    expect(npv).toMatchObject({ low: null, high: null });
  });

  it('stay as measured at the share of the data, and are unknown where the data hold no such class', () => {
    expect(worthAt(ofClass(0.3), 0.3).ppv.low).toBeCloseTo(0.2, 12);
    expect(worthAt(ofClass(0), 0.3).ppv).toEqual(nothing);
  });
});
