import { useEffect, useState } from 'react';
import { type Action, type Answer, call, type Job, type Model, type Output, useAction, useCall } from '../../../api.ts';
import { useCommand } from '../../../keys/use-command.ts';
import { useApp } from '../../../stores/app.ts';
import { useJob } from '../../../stores/jobs.ts';
import { navigate, pathOf, useRoute } from '../../../stores/route.ts';

export interface Starter {
  readonly models: Answer<Output<'models/list'>>;
  /** The one that a dropped folder is classified with. */
  readonly model: Model | undefined;
  chooseModel(id: string): void;
  readonly start: Action<[folder: string], void>;
  readonly demo: Action<[], void>;
  /** The job that was started and has no batch yet: it waits, lists its files, or failed at that. */
  readonly waiting: Job | undefined;
  forget(): void;
  readonly picking: boolean;
  setPicking(open: boolean): void;
}

/** Starts batches and opens each one as soon as it exists; also that of the job which the address names (`/classify?job=<id>`). */
export function useStarter(): Starter {
  const { defaultModel } = useApp();
  const models = useCall(
    'models/list',
    {},
    { refreshOn: (push) => push.topic === 'changed' && push.what === 'models' },
  );
  const [chosen, chooseModel] = useState<string | null>(null);
  const { query } = useRoute();
  const [job, setJob] = useState<string | null>(query.job ?? null);
  const [picking, setPicking] = useState(false);
  const known = models.value?.models ?? [];
  const model = known.find(({ id }) => id === chosen) ?? known.find(({ id }) => id === defaultModel) ?? known[0];

  const start = useAction(async (folder: string) => {
    if (model === undefined) return;
    const made = await call('batches/start', { folder, model: model.id });
    if (made.batch === null) setJob(made.job);
    else navigate(pathOf('classify', [made.batch]));
  });
  const demo = useAction(async () => setJob((await call('demo/classify', {})).job));
  const waiting = useJob(job);
  const subject = waiting?.subject ?? null;
  useEffect(() => {
    if (subject === null) return;
    setJob(null);
    navigate(pathOf('classify', [subject]));
  }, [subject]);
  useCommand('open-folder', (path) => {
    if (path === null) setPicking(true);
    else void start.run(path);
  });
  const forget = (): void => {
    setJob(null);
    start.clear();
    demo.clear();
  };
  return { models, model, chooseModel, start, demo, waiting, forget, picking, setPicking };
}
