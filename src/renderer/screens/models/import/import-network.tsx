import { FileInput } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/controls/button.tsx';
import { ImportDialog } from './import-dialog.tsx';

/** The button of the Models screen and what it opens. */
export function ImportNetwork() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={FileInput} onClick={() => setOpen(true)}>
        Import network…
      </Button>
      {open ? <ImportDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}
