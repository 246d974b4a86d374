import type { Dataset } from '../../api.ts';
import { Tabs } from '../../components/controls/tabs.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { navigate, pathOf, useRoute } from '../../stores/route.ts';
import { GroupsTab } from './groups/groups-tab.tsx';
import { HonestyTab } from './honesty/honesty-tab.tsx';
import { ImagesTab } from './images/images-tab.tsx';
import { OverviewTab } from './overview/overview-tab.tsx';
import { SuspectsTab } from './suspects/suspects-tab.tsx';
import { DuplicatesTab } from './tables/duplicates-tab.tsx';
import { RefusedTab } from './tables/refused-tab.tsx';
import type { Summary } from './types.ts';
import { VersionsTab } from './versions/versions-tab.tsx';

interface DataTabsProps {
  readonly dataset: Dataset;
  readonly summary: Summary;
  /** A job works on the dataset. */
  readonly busy: boolean;
}

const tabNames = ['overview', 'honesty', 'images', 'groups', 'suspects', 'refused', 'duplicates', 'versions'] as const;
type TabName = (typeof tabNames)[number];

/** The dataset under its aspects; which one is in the address. */
export function DataTabs({ dataset, summary, busy }: DataTabsProps) {
  const { parts } = useRoute();
  const classes = Object.keys(summary.classes);
  const tab = tabNames.find((name) => name === parts[0]) ?? 'overview';
  const show = (name: TabName): void => navigate(pathOf('data', name === 'overview' ? [] : [name]));
  const { split } = dataset;
  const tabs = [
    { value: 'overview', label: 'Overview', content: <OverviewTab {...{ dataset, summary, busy }} /> },
    { value: 'honesty', label: 'Honesty', content: <HonestyTab /> },
    { value: 'images', label: 'Images', count: summary.images, content: <ImagesTab {...{ classes, split }} /> },
    { value: 'groups', label: 'Groups', count: summary.groups, content: <GroupsTab classes={classes} /> },
    { value: 'suspects', label: 'Suspects', content: <SuspectsTab /> },
    { value: 'refused', label: 'Refused', count: summary.refused, content: <RefusedTab /> },
    { value: 'duplicates', label: 'Duplicates', count: summary.duplicates, content: <DuplicatesTab /> },
    { value: 'versions', label: 'Versions', content: <VersionsTab busy={busy} /> },
  ] as const;
  useKeys(tabs.map(({ value, label }) => ({ title: label, group: 'Data: show', run: () => show(value) })));
  return <Tabs label="Aspects of the dataset" value={tab} onChange={show} tabs={tabs} fill />;
}
