import { FolderSearch, ScanSearch } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { NumberInput } from '../../../components/controls/number-input.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { DropZone } from '../../../components/files/drop-zone.tsx';
import { FolderPicker } from '../../../components/files/folder-picker.tsx';

interface ChooseNetworkProps {
  readonly busy: boolean;
  onLook(path: string, size: number | null): void;
}

/** Which file or folder, and the size of its pictures where the network leaves that open. */
export function ChooseNetwork({ busy, onLook }: ChooseNetworkProps) {
  const [path, setPath] = useState('');
  const [size, setSize] = useState<number | null>(null);
  const [picking, setPicking] = useState(false);
  const take = (chosen: string): void => {
    setPath(chosen);
    onLook(chosen, size);
  };
  return (
    <DropZone purpose="model" title="Drop the network here" disabled={busy} onFolder={take}>
      <div className="h-import-choose">
        <Field label="File or folder" help="A .h5 file, a model.json with its weights, or the folder that holds them.">
          <TextInput value={path} onChange={setPath} onEnter={() => onLook(path, size)} spellCheck={false} />
        </Field>
        <Field label="Size" help="Only where it takes any.">
          <NumberInput value={size} onChange={setSize} min={16} max={1024} integer allowEmpty unit="px" />
        </Field>
        <Button icon={FolderSearch} onClick={() => setPicking(true)}>
          Choose folder…
        </Button>
        <Button icon={ScanSearch} busy={busy} disabled={path.trim() === ''} onClick={() => onLook(path, size)}>
          Look at it
        </Button>
        <FolderPicker
          open={picking}
          onClose={() => setPicking(false)}
          onPick={take}
          purpose="model"
          title="Choose the folder of a network"
        />
      </div>
    </DropZone>
  );
}
