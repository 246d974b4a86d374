import { describe, expect, it } from 'vitest';
import { likeliest } from '../../../../src/renderer/screens/classify/review/likeliest.ts';
import {
  classKey,
  decisionFor,
  keyedClasses,
  refused,
  reviewText,
} from '../../../../src/renderer/screens/classify/review/review-keys.ts';

describe('keys of classes', () => {
  it('are 1 to 9 in the order of the model, and none after that', () => {
    expect(keyedClasses(['Cyst', 'Normal', 'Stone', 'Tumor'])).toEqual([
      { keys: '1', name: 'Cyst' },
      { keys: '2', name: 'Normal' },
      { keys: '3', name: 'Stone' },
      { keys: '4', name: 'Tumor' },
    ]);
    expect(keyedClasses(Array.from({ length: 12 }, (_, index) => `c${index}`))).toHaveLength(9);
    expect(classKey(9)).toBeUndefined();
  });
});

describe('decisions', () => {
  it('accept where the reader says what the model said, and correct elsewhere', () => {
    expect(decisionFor('Tumor', 'Tumor')).toEqual({ decision: 'accept', class: 'Tumor' });
    expect(decisionFor('Stone', 'Tumor')).toEqual({ decision: 'correct', class: 'Stone' });
    expect(decisionFor('Stone', null)).toEqual({ decision: 'correct', class: 'Stone' });
  });

  it('are said in words', () => {
    expect(reviewText({ decision: 'accept', class: 'Tumor' })).toBe('Accepted: Tumor');
    expect(reviewText({ decision: 'accept', class: null })).toBe('Agreed: refused');
    expect(reviewText({ decision: 'correct', class: 'Stone' })).toBe('Corrected to Stone');
    expect(reviewText(refused)).toBe('Not usable');
  });
});

describe('likeliest', () => {
  it('keeps the most probable ones in the order of the classes', () => {
    expect(likeliest([0.1, 0.5, 0.05, 0.35], 2)).toEqual([1, 3]);
    expect(likeliest([0.2, 0.2, 0.2], 2)).toEqual([0, 1]);
    expect(likeliest([], 6)).toEqual([]);
  });
});
