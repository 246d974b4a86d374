import { describe, expect, it } from 'vitest';
import { resizeRules, roundings } from '../../../../src/pipeline/domain/contract.ts';
import { pythonFiles } from '../../../../src/pipeline/network/export/index.ts';

describe('preprocess.py', () => {
  it('knows every resize rule and rounding of a contract', () => {
    const known = pythonFiles['preprocess.py'];
    const missing = resizeRules.filter((rule) => !known.includes(`    "${rule}": `));
    expect(missing).toEqual([]);
    expect(roundings.filter((each) => each !== 'byte').filter((each) => !known.includes(`"${each}"`))).toEqual([]);
  });
});
