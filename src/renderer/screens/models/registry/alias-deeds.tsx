import { History, Minus } from 'lucide-react';
import { useState } from 'react';
import type { ModelAlias } from '../../../../pipeline/domain/registry.ts';
import { call, type Model, type Output } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ConfirmDialog } from '../../../components/overlays/dialog.tsx';
import { notify } from '../../../stores/notices.ts';
import { useReader } from '../../../stores/prefs.ts';
import { versionWord } from './words.ts';

type Alias = Output<'registry/get'>['aliases'][number];

/** For each alias that the model holds: back to what stood there before, or nobody there. */
export function AliasDeeds({ model, aliases }: { readonly model: Model; readonly aliases: readonly Alias[] }) {
  const held = aliases.filter(({ at }) => at?.version === model.version && model.version !== null);
  return (
    <>
      {held.map((each) => (
        <DeedsOf key={each.alias} of={each} />
      ))}
    </>
  );
}

function DeedsOf({ of: { alias, at, before } }: { readonly of: Alias }) {
  const [asking, setAsking] = useState<'rollback' | 'clear' | null>(null);
  const reader = useReader();
  const from = versionWord(at?.version ?? null);
  const to = versionWord(before?.version ?? null);
  return (
    <>
      {before === null ? null : (
        <Button icon={History} onClick={() => setAsking('rollback')}>
          Roll back {alias} to {to}
        </Button>
      )}
      <Button icon={Minus} kind="quiet" onClick={() => setAsking('clear')}>
        Take {alias} off
      </Button>
      <ConfirmDialog
        open={asking === 'rollback'}
        onClose={() => setAsking(null)}
        title={`Roll ${alias} back to ${to}?`}
        text={`${alias} goes from ${from} to ${to}${before?.title == null ? '' : ` (${before.title})`}, which is checked first. Batches keep the model that answered in them.`}
        confirmLabel={`Roll back to ${to}`}
        onConfirm={() => rollBack(alias, reader)}
      />
      <ConfirmDialog
        open={asking === 'clear'}
        onClose={() => setAsking(null)}
        title={`Take ${alias} off ${from}?`}
        text={`No model is ${alias} then; commands that name it are refused until another one is promoted.`}
        confirmLabel="Take it off"
        danger
        onConfirm={async () => {
          await call('registry/clear', { alias, reader });
        }}
      />
    </>
  );
}

async function rollBack(alias: ModelAlias, reader: string): Promise<void> {
  const { version, previous, passedOver } = await call('registry/rollback', { alias, reader });
  const passed = passedOver.map((each) => ` v${each.version} was passed over: ${each.why}`).join('');
  notify({
    text: `${alias} is ${versionWord(version)} again; it was ${versionWord(previous)}.${passed}`,
    kind: 'good',
  });
}
