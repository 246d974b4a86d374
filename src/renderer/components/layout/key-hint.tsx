import { keyLabels } from '../../keys/labels.ts';
import './layout.css';

/** Keys as caps: `$mod+f` is Ctrl F, or ⌘ F on a Mac. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <span className="h-keys">
      {keyLabels(keys).map((label, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same key can come twice in a sequence
        <kbd key={index}>{label}</kbd>
      ))}
    </span>
  );
}
