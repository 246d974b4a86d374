import { describe, expect, it } from 'vitest';
import { curvesOf } from '../../../../src/renderer/screens/train/live/curve-series.ts';
import { type Epoch, hasGap, mergeEpochs } from '../../../../src/renderer/screens/train/live/epochs.ts';
import { newestText, progressText } from '../../../../src/renderer/screens/train/live/run-text.ts';
import { inSight, runBefore, startedToday } from '../../../../src/renderer/screens/train/live/today.ts';

const epoch = (fold: number, number: number, more: Partial<Epoch['metrics']> = {}): Epoch => ({
  fold,
  metrics: {
    epoch: number,
    learning_rate: 0.001,
    loss: 1 / number,
    accuracy: 0.5,
    balanced_accuracy: 0.5,
    validation_loss: 2 / number,
    validation_accuracy: 0.4,
    validation_balanced_accuracy: 0.4,
    elapsed_ms: 10,
    ...more,
  },
});
const places = (epochs: readonly Epoch[]) => epochs.map(({ fold, metrics }) => `${fold}/${metrics.epoch}`);

describe('epochs as they come', () => {
  it('puts pushes and records together, in order, each once', () => {
    const known = [epoch(0, 1), epoch(0, 2)];
    const merged = mergeEpochs(known, [epoch(0, 3), epoch(1, 1), epoch(0, 2)]);
    expect(places(merged)).toEqual(['0/1', '0/2', '0/3', '1/1']);
    expect(mergeEpochs(known, [])).toBe(known);
  });

  it('takes the newer of two: a resumed run does an epoch again', () => {
    const [first] = mergeEpochs([epoch(0, 1, { loss: 9 })], [epoch(0, 1, { loss: 3 })]);
    expect(first?.metrics.loss).toBe(3);
  });

  it('sees that pushes were left out', () => {
    expect(hasGap([epoch(0, 1), epoch(0, 2)])).toBe(false);
    expect(hasGap([epoch(0, 1), epoch(0, 3)])).toBe(true);
    expect(hasGap([epoch(0, 1), epoch(1, 2)])).toBe(true);
    expect(hasGap([])).toBe(false);
  });
});

describe('curves', () => {
  it('draws training and validation of the model', () => {
    const { loss, balancedAccuracy, learningRate } = curvesOf([epoch(0, 1), epoch(0, 2)]);
    expect(loss.map(({ label, dashed, y }) => ({ label, dashed, y }))).toEqual([
      { label: 'Training', dashed: false, y: [1, 0.5] },
      { label: 'Validation', dashed: true, y: [2, 1] },
    ]);
    expect(balancedAccuracy).toHaveLength(2);
    expect(learningRate).toMatchObject([{ x: [1, 2], y: [0.001, 0.001] }]);
  });

  it('leaves a validation curve out that does not exist', () => {
    const none = { validation_loss: null, validation_accuracy: null, validation_balanced_accuracy: null };
    expect(curvesOf([epoch(0, 1, none)]).loss.map(({ label }) => label)).toEqual(['Training']);
    expect(curvesOf([]).loss).toEqual([]);
  });

  it('draws the newest folds faintly and counts the others', () => {
    const folds = Array.from({ length: 9 }, (_, index) => epoch(index + 1, 1));
    const { loss, learningRate, foldsLeftOut } = curvesOf([...folds, epoch(0, 1)]);
    expect(loss.map(({ label }) => label)).toEqual([
      'Fold 4',
      'Fold 5',
      'Fold 6',
      'Fold 7',
      'Fold 8',
      'Fold 9',
      'Training',
      'Validation',
    ]);
    expect(new Set(loss.slice(0, 6).map(({ color }) => color))).toEqual(new Set([7]));
    expect(foldsLeftOut).toBe(3);
    expect(learningRate).toHaveLength(1);
  });
});

describe('a run in words', () => {
  const progress = { step: 'Training', done: 2, total: 6, fraction: 0.5, perSecond: 0.3, remainingMs: 16_000 };

  it('says how far it is, without a rate of folds', () => {
    expect(progressText({ state: 'running', progress })).toBe('Training, 2 of 6, 16 s left');
    expect(progressText({ state: 'running', progress: { ...progress, total: 1, remainingMs: null } })).toBe('Training');
    expect(progressText({ state: 'queued', progress: null })).toBe('Waits for its turn');
    expect(progressText({ state: 'running', progress: null })).toBe('Starting');
    expect(progressText({ state: 'cancelling', progress })).toContain('checkpoint');
  });

  it('tells the newest epoch, of the model where that trains', () => {
    expect(newestText([])).toContain('No epoch');
    expect(newestText([epoch(3, 4)])).toBe('Fold 3, epoch 4: loss 0.500, balanced accuracy 0.400 (validation)');
    expect(newestText([epoch(0, 2, { validation_loss: null }), epoch(3, 4)])).toBe(
      'Epoch 2: loss 0.500, balanced accuracy 0.500 (training)',
    );
  });
});

describe('runs of today', () => {
  const run = (id: string, startedAt: string, outcome: 'completed' | 'failed' = 'completed') => ({
    id,
    startedAt,
    outcome,
  });
  const runs = [
    run('c', '2026-11-23T12:00:00.000Z'),
    run('b', '2026-11-23T11:00:00.000Z', 'failed'),
    run('a', '2026-11-22T11:00:00.000Z'),
  ];

  it('leaves yesterday out', () => {
    expect(startedToday(runs, Date.parse('2026-11-23T12:30:00.000Z')).map(({ id }) => id)).toEqual(['c', 'b']);
  });

  it('compares with the newest run that was finished before', () => {
    expect(runBefore(runs, 'c')).toBe('a');
    expect(runBefore(runs, 'a')).toBeUndefined();
    expect(runBefore(runs, 'gone')).toBeUndefined();
    expect(runBefore(runs, null)).toBeUndefined();
  });
});

describe('what is shown large', () => {
  const at = (minute: number) => `2026-11-23T12:${String(minute).padStart(2, '0')}:00.000Z`;
  const job = (
    subject: string | null,
    state: 'running' | 'queued' | 'failed' | 'completed',
    started: number | null,
  ) => ({
    subject,
    state,
    startedAt: started === null ? null : at(started),
    endedAt: state === 'running' || state === 'queued' ? null : at((started ?? 0) + 1),
  });
  const newest = { id: 'b', startedAt: at(10) };

  it('is the job that runs, even before it has a run', () => {
    const running = job(null, 'running', 20);
    expect(inSight([running, job(null, 'queued', null), job('b', 'completed', 9)], newest)).toEqual({
      job: running,
      run: null,
    });
  });

  it('is the job that ended last, a failed one without a run as well', () => {
    const ended = job('b', 'completed', 9);
    expect(inSight([ended], newest)).toEqual({ job: ended, run: 'b' });
    const failed = job(null, 'failed', 11);
    expect(inSight([failed, ended], newest)).toEqual({ job: failed, run: null });
    const resumed = job('a', 'completed', 12);
    expect(inSight([resumed], newest)).toEqual({ job: resumed, run: 'a' });
  });

  it('is the newest run where no job is newer, and nothing at all at the start', () => {
    expect(inSight([job('a', 'completed', 5)], newest)).toEqual({ job: undefined, run: 'b' });
    expect(inSight([], newest)).toEqual({ job: undefined, run: 'b' });
    expect(inSight([job(null, 'queued', null)], undefined)).toEqual({ job: undefined, run: null });
  });
});
