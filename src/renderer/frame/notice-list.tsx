import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { Button, IconButton } from '../components/controls/button.tsx';
import { dismissNotice, type Notice, useNotices } from '../stores/notices.ts';
import './frame.css';

const icons = { info: Info, good: CircleCheck, problem: CircleAlert } as const;

/** Short texts at the edge. The place is always there, so that each new one is read out. */
export function NoticeList() {
  return (
    <section className="h-notices" aria-label="Notices" aria-live="polite">
      {useNotices().map((notice) => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeLine({ notice: { id, text, kind, action } }: { readonly notice: Notice }) {
  const Icon = icons[kind];
  const act = (): void => {
    dismissNotice(id);
    action?.run();
  };
  return (
    <div className={`h-notice h-notice-${kind}`}>
      <Icon size={16} aria-hidden="true" />
      <span className="h-notice-text h-wrap">{text}</span>
      {action === undefined ? null : <Button onClick={act}>{action.label}</Button>}
      <IconButton label="Close notice" icon={X} onClick={() => dismissNotice(id)} />
    </div>
  );
}
