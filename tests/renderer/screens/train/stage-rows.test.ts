import { describe, expect, it } from 'vitest';
import type { StageChange, StageStatus } from '../../../../src/pipeline/domain/stage-change.ts';
import { pipelineSummary, stageRows } from '../../../../src/renderer/screens/train/pipeline/stage-rows.ts';

const stage = (name: string, ...changes: StageChange[]): StageStatus => ({ name, change: changes[0] ?? null, changes });
const upstream = (what: string): StageChange => ({ kind: 'upstream', what, old: null, new: null });
const parameter = (what: string): StageChange => ({ kind: 'parameter', what, old: '30', new: '60' });

describe('what will run, and why', () => {
  it('the first reason stands with old and new value, the others below it', () => {
    const [row] = stageRows([stage('train', parameter('training.epochs'), parameter('seed'))]);
    expect(row).toEqual({
      name: 'train',
      state: 'runs',
      reason: 'parameter training.epochs: 30 → 60',
      more: ['parameter seed: 30 → 60'],
    });
  });

  it('files that changed are read on the Data screen; what stands behind them may run', () => {
    const raw: StageChange = { kind: 'dependency', what: '../images', old: 'a'.repeat(32), new: null };
    const rows = stageRows([
      stage('ingest', raw),
      stage('split', upstream('ingest')),
      stage('train', upstream('split')),
    ]);
    expect(rows.map(({ state }) => state)).toEqual(['stale', 'waits', 'runs']);
    expect(rows[0]?.reason).toBe('dependency ../images: aaaaaaaa → nothing');
  });

  it('says how much changed, and that a start trains again where nothing did', () => {
    expect(pipelineSummary(stageRows([stage('split'), stage('train')]))).toMatch(/^Everything is up to date/);
    expect(pipelineSummary(stageRows([stage('split'), stage('train', parameter('seed'))]))).toMatch(/^1 of 2 stages/);
  });
});
