import { useMemo } from 'react';
import type { Run } from '../../../api.ts';
import { Panel } from '../../../components/layout/panel.tsx';
import { TreeTable } from './tree-table.tsx';

export function ParametersPanel({ run: { params } }: { readonly run: Run }) {
  return (
    <Panel title="Parameters" padded={false}>
      <TreeTable label="Parameters" tree={params} />
    </Panel>
  );
}

/** Everything else that decides a result. */
export function MadeOfPanel({ run }: { readonly run: Run }) {
  const { datasetHash, dataVersion, labelVersion, splitHash, contractHash, backboneHash, codeVersion, environment } =
    run;
  const tree = useMemo(
    () => ({
      data: {
        'dataset (hash)': datasetHash,
        'data version (MD5)': dataVersion,
        'label version': labelVersion === 0 ? '0 (as ingested)' : labelVersion,
        'split (hash)': splitHash,
      },
      contract: { 'preprocessing contract (hash)': contractHash, 'backbone (hash)': backboneHash },
      'program and machine': { 'program version': codeVersion, ...environment },
    }),
    [datasetHash, dataVersion, labelVersion, splitHash, contractHash, backboneHash, codeVersion, environment],
  );
  return (
    <Panel title="Data, contract, environment" padded={false}>
      <TreeTable label="Data, contract, environment" tree={tree} />
    </Panel>
  );
}
