import { ArrowUpFromLine } from 'lucide-react';
import { useState } from 'react';
import { call, type Model, type Output, type Push, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { TagEditor } from '../../../components/tags/tag-editor.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { AliasBadges } from './alias-badges.tsx';
import { AliasDeeds } from './alias-deeds.tsx';
import { PromotionHistory } from './history.tsx';
import { PromoteDialog } from './promote-dialog.tsx';
import { VersionNotes } from './version-notes.tsx';
import './registry.css';

const refreshOn = (push: Push): boolean => push.topic === 'changed' && push.what === 'models';

/** Where a model stands in the registry, and what can be done about it. */
export function RegistryPanel({ model }: { readonly model: Model }) {
  const registry = useCall('registry/get', {}, { refreshOn });
  const said = useCall('registry/model', { model: model.id }, { refreshOn });
  const [promoting, setPromoting] = useState(false);
  const canPromote = model.version !== null && model.aliases.every(({ alias }) => alias !== 'champion');
  return (
    <Panel
      title="Registry"
      subtitle={model.version === null ? 'No version' : `Version v${model.version}`}
      actions={
        canPromote ? (
          <Button icon={ArrowUpFromLine} onClick={() => setPromoting(true)}>
            Promote…
          </Button>
        ) : null
      }
    >
      <div className="h-registry">
        <Answer of={said} rows={3} title="The registry could not be read">
          {({ registered }) => <Said model={model} registered={registered} aliases={registry.value?.aliases ?? []} />}
        </Answer>
        <Answer of={registry} rows={2} title="The history could not be read">
          {({ moves }) => <PromotionHistory moves={moves} />}
        </Answer>
      </div>
      <PromoteDialog model={model} open={promoting} onClose={() => setPromoting(false)} />
    </Panel>
  );
}

interface SaidProps {
  readonly model: Model;
  readonly registered: Output<'registry/model'>['registered'];
  readonly aliases: Output<'registry/get'>['aliases'];
}

function Said({ model, registered, aliases }: SaidProps) {
  if (registered === null) {
    return (
      <p className="h-soft">
        The model that comes with the program is no version of this registry: only models trained here or imported are.
      </p>
    );
  }
  const overrides = model.aliases.filter(({ override }) => override !== null);
  return (
    <>
      <p className="h-registry-standing">
        <AliasBadges aliases={model.aliases} />
        <span className="h-soft">In the registry since {formatDateTime(registered.registeredAt)}</span>
      </p>
      {overrides.map(({ alias, override }) => (
        <p key={alias} className="h-registry-fail h-wrap">
          It is {alias} although a gate failed: {override}
        </p>
      ))}
      <div className="h-registry-deeds">
        <AliasDeeds model={model} aliases={aliases} />
      </div>
      <TagEditor tags={model.tags} onEdit={(edit) => call('registry/annotate', { model: model.id, ...edit })} />
      <VersionNotes model={model.id} notes={registered.notes} />
    </>
  );
}
