import type { Channel, Input, Output, Reply } from '../../src/main/ipc/contract.ts';
import type { Params } from '../../src/pipeline/domain/params.ts';
import type { Serving } from './serving.ts';

/** Asks the served core as another page would. @throws Error with the code that it answers */
export async function callApi<C extends Channel>(serving: Serving, channel: C, input: Input<C>): Promise<Output<C>> {
  const { url, origin } = serving;
  const response = await fetch(`${origin}/api/${channel}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${new URL(url).hash.replace('#token=', '')}`,
      'Content-Type': 'application/json',
      'X-Hilum-Page': 'page-of-the-specs-0123456789',
    },
    body: JSON.stringify(input),
  });
  const reply: Reply<Output<C>> = JSON.parse(await response.text());
  if (!reply.ok) throw new Error(`${channel}: ${reply.error.code} ${JSON.stringify(reply.error.facts)}`);
  return reply.value;
}

/** Waits for the end of a job. @throws Error when it did not complete */
export async function jobDone(serving: Serving, id: string): Promise<string | null> {
  for (;;) {
    const { jobs } = await callApi(serving, 'jobs/list', {});
    const job = jobs.find((each) => each.id === id);
    if (job?.state === 'completed') return job.subject;
    if (job === undefined || job.state === 'failed' || job.state === 'cancelled') {
      throw new Error(`job ${id} is ${job?.state}: ${JSON.stringify(job?.error)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Trains and evaluates one run with the parameters of the workspace, some of them changed. @returns its id */
export async function trainRun(
  serving: Serving,
  name: string,
  change: (params: Params) => Params = (params) => params,
) {
  const { params } = await callApi(serving, 'params/get', {});
  const { job } = await callApi(serving, 'training/start', { params: change(params), name, allowLeak: false });
  const run = await jobDone(serving, job);
  if (run === null) throw new Error(`${name} has no run`);
  return run;
}
