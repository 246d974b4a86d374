/**
 * A worker of a few lines that speaks the protocol and, on command, goes wrong in every way a worker can.
 * Stage `verify`: input `{ behaviour }`. Stage `train`: emits epochs. Stage `classify`: the ending of a file's name says what happens.
 * At start: HILUM_TINY_START names a behaviour.
 */
import { openSync, writeSync } from 'node:fs';
import type { BatchItem, BatchResult, FromWorker, ToWorker } from '../../src/pipeline/protocol.ts';

const acknowledged = new Map<number, () => void>();
const cancelledIds = new Set<string>();
const queue: BatchItem[] = [];
let last = false;
let nextSeq = 1;
let wake = (): void => undefined;

const send = (message: FromWorker): void => void process.send?.(message);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function emit(id: string, event: Extract<FromWorker, { type: 'event' }>['event']): Promise<void> {
  const seq = nextSeq++;
  return new Promise((resolve) => {
    acknowledged.set(seq, resolve);
    send({ type: 'event', id, seq, event });
  });
}

async function behave(name: string): Promise<void> {
  if (name === 'abort') process.abort();
  if (name === 'segv') process.kill(process.pid, 'SIGSEGV');
  if (name === 'kill') process.kill(process.pid, 'SIGKILL');
  if (name === 'exit0') process.exit(0);
  if (name === 'exit3') process.exit(3);
  if (name === 'reject') void Promise.reject(new Error('nobody catches this'));
  if (name === 'oom') for (const hoard: unknown[] = []; ; ) hoard.push(new Array(100_000).fill(hoard.length));
  if (name === 'garbage') process.send?.({ type: 'nonsense' });
  if (name === 'noise') process.stderr.write('x'.repeat(3_000_000));
  if (name === 'hang') for (;;);
  if (['segv', 'kill', 'reject', 'garbage', 'silent'].includes(name))
    await new Promise(() => setInterval(turn, 60_000));
}

async function verify(id: string, behaviour: string): Promise<void> {
  await behave(behaviour);
  if (behaviour === 'fail') send({ type: 'failed', id, error: { code: 'model/missing', facts: { model: 'm' } } });
  else if (behaviour === 'wait-for-cancel') {
    while (!cancelledIds.has(id)) await turn();
    send({ type: 'done', id, outcome: 'cancelled', value: null });
  } else {
    send({ type: 'progress', id, progress: { step: 'Working', done: 1, total: 2, fraction: 0.5 } });
    send({ type: 'done', id, outcome: 'completed', value: { behaviour, env: Object.keys(process.env) } });
  }
  if (behaviour === 'answer-and-exit') process.exit(0);
}

async function train(id: string, epochs: number): Promise<void> {
  const order: string[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const figures = { loss: 1 / epoch, accuracy: 0.5, balanced_accuracy: 0.5, learning_rate: 0.1, elapsed_ms: 1 };
    const validation = { validation_loss: null, validation_accuracy: null, validation_balanced_accuracy: null };
    await emit(id, { kind: 'epoch', fold: 0, metrics: { epoch, ...figures, ...validation } });
    order.push(`epoch ${epoch} stored`);
  }
  send({ type: 'done', id, outcome: 'completed', value: order });
}

/** Answers groups of `group` files, decoding `lanes` at once with each noted in the black box. */
async function classify(id: string, input: { model: string; blackBox: string }): Promise<void> {
  const { lanes = 4, group = 8, start = 'answer' } = JSON.parse(input.model);
  await behave(start);
  const box = openSync(input.blackBox, 'r+');
  const note = (lane: number, item: number): void => {
    const slot = Buffer.alloc(4);
    slot.writeInt32LE(item);
    writeSync(box, slot, 0, 4, lane * 4);
  };
  let results: BatchResult[] = [];
  const flush = async (): Promise<void> => {
    const full = results;
    results = [];
    if (full.length > 0) await emit(id, { kind: 'results', results: full });
  };
  const lane = async (slot: number): Promise<void> => {
    for (;;) {
      const item = queue.shift();
      if (cancelledIds.has(id) || (item === undefined && last)) return;
      if (item === undefined) {
        await Promise.race([turn(), new Promise<void>((resolve) => (wake = resolve))]);
        continue;
      }
      note(slot, item.item);
      await turn();
      await behave(item.file.split('.').at(-1) ?? '');
      results.push(resultOf(item));
      note(slot, 0);
      if (results.length >= group) await flush();
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, slot) => lane(slot)));
  await flush();
  send({ type: 'done', id, outcome: cancelledIds.has(id) ? 'cancelled' : 'completed', value: null });
}

function resultOf({ item, file }: BatchItem): BatchResult {
  const image = { frame: 0, image: file, scan: `scan-${item % 7}`, group: '' };
  const ending = file.split('.').at(-1);
  if (ending === 'missing' || ending === 'unreadable' || ending === 'corrupt') {
    const code = `image/${ending}` as const;
    const row = { ...image, state: 'refused', predicted: null, probabilities: [], code, facts: {} } as const;
    return { item, sha256: null, rows: [{ ...row, probabilities: [] }] };
  }
  const probability = 1 / (1 + (item % 3));
  const rows = [{ ...image, state: 'answered' as const, predicted: item % 2, code: null, facts: {} }];
  return {
    item,
    sha256: item.toString(16).padStart(64, '0'),
    rows: rows.map((row) => ({ ...row, probabilities: [probability, 1 - probability] })),
  };
}

process.on('message', (message: ToWorker) => {
  if (message.type === 'cancel') cancelledIds.add(message.id);
  if (message.type === 'ack') acknowledged.get(message.seq)?.();
  if (message.type === 'items') {
    queue.push(...message.items);
    last ||= message.last;
    wake();
  }
  if (message.type !== 'run') return;
  last = false;
  queue.length = 0;
  const input = message.input as { behaviour: string; epochs: number; model: string; blackBox: string };
  if (message.stage === 'verify') void verify(message.id, input.behaviour);
  if (message.stage === 'train') void train(message.id, input.epochs);
  if (message.stage === 'classify') void classify(message.id, input);
});
process.on('disconnect', () => process.exit(0));
if (process.env.HILUM_TINY_START !== undefined) await behave(process.env.HILUM_TINY_START);
send({ type: 'ready', pid: process.pid });
