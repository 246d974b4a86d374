import type { Audit } from './audit.ts';
import type { RecordsContext } from './context.ts';
import type { ModelTags } from './model-tags.ts';
import type { ModelVersions } from './model-versions.ts';
import { write } from './write.ts';

/** What people change of a version at once; what is left out stays. */
export interface ModelAnnotation {
  readonly notes?: { readonly before?: string | undefined; readonly after: string } | undefined;
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
}

/**
 * Changes notes, tags and the trail together or not at all. The trail says which parts were changed, never to what.
 * @throws HilumError `registry/unknown-version`, `registry/changed`
 */
export function modelAnnotations({ db }: RecordsContext, versions: ModelVersions, tags: ModelTags, audit: Audit) {
  return (version: number, { notes, addTags, removeTags }: ModelAnnotation): void =>
    write(db, () => {
      const { seal } = versions.get(version);
      if (notes !== undefined) versions.note(version, notes);
      tags.change(version, addTags, removeTags);
      audit.add('model/annotated', seal, {
        version,
        notes: notes !== undefined,
        tags: addTags.length + removeTags.length,
      });
    });
}
