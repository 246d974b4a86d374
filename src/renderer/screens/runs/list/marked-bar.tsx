import { ChartLine, Ellipsis, FileText, GitCompareArrows, Package, Pin, Tag, Trash2, X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../../components/controls/button.tsx';
import { Toolbar } from '../../../components/layout/toolbar.tsx';
import { Menu } from '../../../components/overlays/menu.tsx';
import { plural } from '../../../format/numbers.ts';
import { most } from '../compare/comparing.ts';
import { marks } from './run-store.ts';
import type { ListDeeds } from './use-list-deeds.ts';

/** Below the table while runs are marked. */
export function MarkedBar({ deeds }: { readonly deeds: ListDeeds }) {
  const { size } = useStore(marks, (state) => state.marked);
  return (
    <Toolbar
      label="Marked runs"
      end={
        <Button kind="quiet" icon={X} onClick={() => marks.setState({ marked: new Set() })}>
          Unmark all
        </Button>
      }
    >
      <span className="h-runs-marked" role="status">
        {plural(size, 'run')} marked
      </span>
      <Button
        kind="primary"
        icon={GitCompareArrows}
        keyHint="c"
        disabled={!deeds.canCompare}
        title={deeds.canCompare ? undefined : `2 to ${most} runs can be compared`}
        onClick={deeds.compare}
      >
        Compare
      </Button>
      <Button icon={Pin} keyHint="p" onClick={deeds.pin}>
        Pin
      </Button>
      <Button icon={Tag} keyHint="t" onClick={deeds.tag}>
        Tag…
      </Button>
      <Button
        icon={FileText}
        busy={deeds.isExporting}
        disabled={!deeds.canExport}
        title={deeds.canExport ? undefined : `Up to ${most} runs fit in one page`}
        onClick={deeds.exportHtml}
      >
        Export HTML
      </Button>
      <Button icon={Package} onClick={deeds.exportBundle}>
        Export bundle…
      </Button>
      <Menu
        label="More exports"
        trigger={<IconButton label="More exports" icon={Ellipsis} />}
        items={[{ label: 'Export for TensorBoard', icon: ChartLine, run: deeds.exportTensorboard }]}
      />
      <Button kind="danger" icon={Trash2} onClick={deeds.remove}>
        Delete…
      </Button>
    </Toolbar>
  );
}
