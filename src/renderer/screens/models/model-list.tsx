import { CircleAlert, Star } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { Model } from '../../api.ts';
import { Badge } from '../../components/feedback/badge.tsx';
import { formatDateTime } from '../../format/dates.ts';
import { shortHash } from '../../format/hash.ts';
import { ModelBadges, originWords } from './model-badges.tsx';
import { AliasBadges, TagBadges } from './registry/alias-badges.tsx';

interface ModelListProps {
  readonly models: readonly Model[];
  readonly chosen: string;
  onChoose(id: string): void;
}

/** One tab stop; up and down choose. */
export function ModelList({ models, chosen, onChoose }: ModelListProps) {
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const next = models[models.findIndex(({ id }) => id === chosen) + step];
    event.preventDefault();
    if (next === undefined) return;
    onChoose(next.id);
    document.getElementById(optionId(next.id))?.focus();
  };
  return (
    <div className="h-models-list" role="listbox" aria-label="Sealed models" tabIndex={-1} onKeyDown={move}>
      {models.map((model) => (
        <ModelOption key={model.id} model={model} chosen={model.id === chosen} onChoose={onChoose} />
      ))}
    </div>
  );
}

interface ModelOptionProps {
  readonly model: Model;
  readonly chosen: boolean;
  onChoose(id: string): void;
}

function ModelOption({ model, chosen, onChoose }: ModelOptionProps) {
  return (
    <div
      id={optionId(model.id)}
      className="h-models-option"
      role="option"
      aria-selected={chosen}
      tabIndex={chosen ? 0 : -1}
      onClick={() => onChoose(model.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') onChoose(model.id);
      }}
    >
      <div className="h-models-name">
        {model.version === null ? null : <span className="h-num">v{model.version}</span>}
        <span className="h-cut h-models-title">{model.title}</span>
        <AliasBadges aliases={model.aliases} />
        {model.isDefault ? (
          <Badge tone="accent" icon={Star}>
            Default
          </Badge>
        ) : null}
        {model.problem === null ? null : (
          <Badge tone="bad" icon={CircleAlert}>
            Unusable
          </Badge>
        )}
      </div>
      <div className="h-models-about h-soft">
        <span>{originWords[model.origin]}</span>
        <span className="h-num">{formatDateTime(model.createdAt)}</span>
        <span className="h-mono">{shortHash(model.id)}</span>
        <ModelBadges model={model} />
        <TagBadges tags={model.tags} />
      </div>
    </div>
  );
}

function optionId(id: string): string {
  return `model-${id}`;
}
