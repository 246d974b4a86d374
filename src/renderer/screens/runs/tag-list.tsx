/** Tags in a row, cut where there is no room. */
export function TagList({ tags }: { readonly tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <span className="h-runs-tags" title={tags.join(', ')}>
      {tags.map((tag) => (
        <span key={tag} className="h-runs-tag h-cut">
          {tag}
        </span>
      ))}
    </span>
  );
}
