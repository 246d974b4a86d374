import { Ban, Check, Sparkles, Undo2 } from 'lucide-react';
import type { Row } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Badge } from '../../../components/feedback/badge.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { shortHash } from '../../../format/hash.ts';
import { ClassRows } from './class-rows.tsx';
import { ReaderMenu } from './reader-menu.tsx';
import { type Decision, decisionFor, refused, reviewText } from './review-keys.ts';
import { useReview } from './use-review.ts';
import { useReviewKeys } from './use-review-keys.ts';
import './review.css';

export interface ModelName {
  readonly title: string;
  readonly seal: string;
}

interface ReviewPanelProps {
  readonly row: Row | undefined;
  readonly classes: readonly string[];
  readonly model: ModelName;
}

/** What the model says of the image, marked as a machine's, and the reader's word on it: one key or one press each. */
export function ReviewPanel({ row, classes, model }: ReviewPanelProps) {
  const review = useReview();
  const give = (decision: Decision): void => {
    if (row !== undefined) void review.decide(row, decision);
  };
  const giveClass = (name: string): void => give(decisionFor(name, row?.class ?? null));
  const accept = (): void => give({ decision: 'accept', class: row?.class ?? null });
  const refuse = (): void => give(refused);
  const undo = (): void => void review.undo();
  useReviewKeys({ classes, enabled: row !== undefined, accept, giveClass, refuse, undo });
  return (
    <section className="h-classify-reading" aria-label="Answer and reading">
      <AiLine model={model} />
      <ClassRows row={row} classes={classes} onGive={giveClass} />
      <div className="h-classify-decide">
        <Button kind="primary" icon={Check} keyHint="a" disabled={row === undefined} onClick={accept}>
          {row?.state === 'refused' ? 'Agree: refused' : `Accept${row?.class ? ` ${row.class}` : ''}`}
        </Button>
        <Button icon={Ban} keyHint="x" disabled={row === undefined} onClick={refuse}>
          Not usable
        </Button>
      </div>
      <div className="h-classify-after">
        <Said row={row} last={review.last?.text} />
        <Button kind="quiet" icon={Undo2} keyHint="u" onClick={undo}>
          Undo
        </Button>
        <ReaderMenu reader={review.reader} advances={review.advances} onAdvances={review.setAdvances} />
      </div>
    </section>
  );
}

function AiLine({ model }: { readonly model: ModelName }) {
  return (
    <header>
      <Badge tone="accent" icon={Sparkles} title="Made by a model, not by a person">
        AI
      </Badge>
      <span>research use only</span>
      <span className="h-faint h-cut h-classify-by" title={`${model.title}, seal ${model.seal}`}>
        {model.title} <span className="h-mono">{shortHash(model.seal)}</span>
      </span>
    </header>
  );
}

interface SaidProps {
  readonly row: Row | undefined;
  /** The decision before, on another image. */
  readonly last: string | undefined;
}

/** What was said of this image; else what was just said of the one before. */
function Said({ row, last }: SaidProps) {
  const review = row?.review ?? null;
  const text = review === null ? (last === undefined ? 'Not read yet' : `Last: ${last}`) : reviewText(review);
  const by = review === null ? undefined : `${review.reader}, ${formatDateTime(review.at)}`;
  return (
    <span className={review === null ? 'h-classify-said h-soft' : 'h-classify-said'} title={by} role="status">
      <span className="h-cut">{text}</span>
      {review === null ? null : <span className="h-soft h-cut">{review.reader}</span>}
    </span>
  );
}
