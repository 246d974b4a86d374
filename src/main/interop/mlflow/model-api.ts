import type { Pair } from './api.ts';
import type { Client } from './client.ts';
import { isRefusal } from './failures.ts';
import { aliasesSchema, modelVersionsSchema, newModelVersionSchema, nothingSchema } from './wire.ts';

const base = '/api/2.0/mlflow';

export interface NewRemoteVersion {
  readonly name: string;
  /** Folder of the model among the artefacts of its run. */
  readonly source: string;
  readonly run: string;
  readonly description: string;
  readonly tags: readonly Pair[];
}

/** Calls of MLflow's registry of models. All throw as the client does. */
export function modelApi(client: Client) {
  return {
    async createModel(name: string, description: string): Promise<void> {
      try {
        await client.post(`${base}/registered-models/create`, { name, description }, nothingSchema);
      } catch (error) {
        if (!isRefusal(error, 'RESOURCE_ALREADY_EXISTS')) throw error;
      }
    },
    /** Version by the value of one of its tags. */
    async versionsByTag(name: string, tag: string): Promise<Map<string, string>> {
      const versions = new Map<string, string>();
      let page = '';
      do {
        const query = new URLSearchParams({ filter: `name = '${name.replaceAll("'", '')}'`, max_results: '1000' });
        if (page !== '') query.set('page_token', page);
        const answer = await client.get(`${base}/model-versions/search?${query}`, modelVersionsSchema);
        for (const { version, tags } of answer.model_versions) {
          const value = tags.find(({ key }) => key === tag)?.value;
          if (value !== undefined) versions.set(value, version);
        }
        page = answer.next_page_token ?? '';
      } while (page !== '');
      return versions;
    },
    /** Never repeated by the client: two would be two versions. */
    async createVersion({ name, source, run, description, tags }: NewRemoteVersion): Promise<string> {
      const body = { name, source, run_id: run, description, tags };
      const made = await client.post(`${base}/model-versions/create`, body, newModelVersionSchema);
      return made.model_version.version;
    },
    async setTag(name: string, version: string, { key, value }: Pair): Promise<void> {
      await client.post(`${base}/model-versions/set-tag`, { name, version, key, value }, nothingSchema, true);
    },
    /** Version by alias. */
    async aliases(name: string): Promise<Map<string, string>> {
      const query = new URLSearchParams({ name });
      const { registered_model } = await client.get(`${base}/registered-models/get?${query}`, aliasesSchema);
      return new Map(registered_model.aliases.map(({ alias, version }) => [alias, version]));
    },
    async setAlias(name: string, alias: string, version: string): Promise<void> {
      await client.post(`${base}/registered-models/alias`, { name, alias, version }, nothingSchema, true);
    },
    async removeAlias(name: string, alias: string): Promise<void> {
      await client.delete(`${base}/registered-models/alias`, { name, alias });
    },
  };
}
export type ModelApi = ReturnType<typeof modelApi>;
