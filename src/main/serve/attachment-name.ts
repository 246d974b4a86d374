/** Content-Disposition of a download: plain letters for old programs, then the name itself (RFC 6266, RFC 5987). */
export function attachmentNamed(name: string): string {
  const whole = name.toWellFormed().replace(/[\p{Cc}\p{Cf}/\\]/gu, '_') || 'download';
  const plain = whole.replace(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(whole).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
