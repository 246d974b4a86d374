/** A text in one line; the whole of it on hover. */
export function CutText({ text }: { readonly text: string }) {
  return (
    <span className="h-cut" title={text}>
      {text}
    </span>
  );
}
