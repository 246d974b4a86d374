import { halves } from './halves.ts';

/** A path or name that loses its middle where there is no room: its end tells one slice from the next. */
export function MiddleCut({ text }: { readonly text: string }) {
  const { head, tail } = halves(text);
  if (tail === '') {
    return (
      <bdi className="h-cut" title={text}>
        {text}
      </bdi>
    );
  }
  return (
    <span className="h-classify-cut" title={text}>
      <span className="h-sr">{text}</span>
      <bdi className="h-classify-cut-head" aria-hidden="true">
        {head}
      </bdi>
      <bdi className="h-classify-cut-tail" aria-hidden="true">
        {tail}
      </bdi>
    </span>
  );
}
