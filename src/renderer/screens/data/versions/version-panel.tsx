import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/controls/button.tsx';
import { Select } from '../../../components/controls/select.tsx';
import { type Version, versionText } from './change-words.ts';
import { VersionDiff } from './version-diff.tsx';

interface VersionPanelProps {
  readonly version: Version;
  readonly versions: readonly Version[];
  readonly canRestore: boolean;
  onRestore(): void;
}

const current = 'current';

/** One version against the one before it, or any other that is chosen. */
export function VersionPanel({ version, versions, canRestore, onRestore }: VersionPanelProps) {
  const [against, setAgainst] = useState<string | null>(null);
  const own = String(version.version);
  const before = versions[versions.indexOf(version) + 1];
  const usual = String(before?.version ?? current);
  const other = against === null || against === own ? usual : against;
  return (
    <section className="h-versions-one" aria-label={`Version ${own}`}>
      <div className="h-versions-head">
        <span>
          <strong>Version {own}</strong> <span className="h-soft">against</span>
        </span>
        <Select label="Compared with" value={other} onChange={setAgainst} options={otherSides(versions, version)} />
        <Button icon={RotateCcw} keyHint="r" disabled={!canRestore} onClick={onRestore}>
          Restore…
        </Button>
      </div>
      <Provenance version={version} />
      <VersionDiff a={other} b={own} />
    </section>
  );
}

function otherSides(versions: readonly Version[], chosen: Version) {
  const others = versions.filter(({ version }) => version !== chosen.version);
  return [
    { value: current, label: 'the dataset on the disk' },
    ...others.map((each) => ({ value: String(each.version), label: versionText(each) })),
  ];
}

function Provenance({ version: { hash, runs, commits, inCache } }: { readonly version: Version }) {
  const facts = [
    runs.length === 0 ? 'No run used it' : `Used by ${runs.map(({ name }) => name).join(', ')}`,
    commits.length === 0 ? '' : `git ${commits.map(({ commit }) => commit.slice(0, 7)).join(', ')}`,
    inCache ? '' : 'not in the cache: pull it first',
  ].filter((part) => part !== '');
  return (
    <p className="h-soft h-wrap">
      <span className="h-mono" title={hash}>
        {hash.slice(0, 8)}
      </span>{' '}
      {facts.join('; ')}.
    </p>
  );
}
