import { PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/controls/button.tsx';
import { useKeys } from '../../../keys/use-keys.ts';
import { ImportBundleDialog } from './import-dialog.tsx';

/** The way in for runs of another Hilum. */
export function ImportBundle() {
  const [open, setOpen] = useState(false);
  useKeys([{ title: 'Import a run bundle', group: 'Runs', run: () => setOpen(true) }]);
  return (
    <>
      <Button icon={PackageOpen} onClick={() => setOpen(true)}>
        Import bundle…
      </Button>
      <ImportBundleDialog open={open} onClose={() => setOpen(false)} />
    </>
  );
}
