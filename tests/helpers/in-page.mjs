/**
 * What runs inside the page in these tests. Plain JavaScript: the tests' own types know no browser. Each function is sent
 * as its text, so none may use anything outside of itself.
 */

/** How everything that may get the focus looks while it has none, and what stands right behind it. */
export function noteLooks() {
  globalThis.__looks ??= new WeakMap();
  const tags = 'a[href], button, input, select, textarea, summary, label, [tabindex], [role=row], th, td';
  for (const element of document.querySelectorAll(tags)) {
    if (element === document.activeElement) continue;
    for (const each of [element, element.nextElementSibling]) {
      if (each === null) continue;
      const { display, outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
      globalThis.__looks.set(each, { display, ring: [outlineStyle, outlineWidth, boxShadow].join(' ') });
    }
  }
}

/** Words about the focused element when nothing shows that it is; null when something does, or nothing has the focus. */
export function hiddenFocus() {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const isRinged = (each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    const ring = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    return ring && globalThis.__looks?.get(each)?.ring !== [outlineStyle, outlineWidth, boxShadow].join(' ');
  };
  const pointed = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
  // A control without a look of its own may show the focus on its label or on the box around it.
  const shown = [element, element.parentElement, pointed].filter((each) => each !== null);
  // A frame that comes out from behind it, where rows would cover a ring of its own.
  const frame = element.nextElementSibling;
  const isFramed =
    frame !== null && globalThis.__looks?.get(frame)?.display === 'none' && getComputedStyle(frame).display !== 'none';
  const { width, height } = element.getBoundingClientRect();
  if (width >= 1 && height >= 1 && (isFramed || shown.some(isRinged))) return null;
  return `${Math.round(width)} x ${Math.round(height)}: ${element.outerHTML.slice(0, 200)}`;
}

export function isFocused(element) {
  return element === document.activeElement;
}

/** Reports of the content security policy that do not reach the console of their own accord. */
export function reportViolations() {
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    console.error(`content security policy: ${violatedDirective} ${blockedURI} ${sample}`),
  );
}

/** Lets go of files above an element, as from a file manager. */
export function dropFiles(element, files) {
  const dataTransfer = new DataTransfer();
  for (const { name, bytes } of files) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
  for (const type of ['dragenter', 'dragover', 'drop']) {
    element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  }
}

/** Tries to lead the page elsewhere, as a script or a link that somebody smuggled in would. */
export function goAway({ way, address }) {
  try {
    if (way === 'link') {
      const link = document.createElement('a');
      link.setAttribute('href', address);
      document.body.append(link);
      link.click();
      link.remove();
    } else if (way === 'assign') location.assign(address);
    else if (way === 'replace') location.replace(address);
    else if (way === 'window') open(address);
    else location.hash = `#${address}`;
  } catch {
    // Refused at once.
  }
}

/** What an attack would have left behind. */
export function traces() {
  const planted = document.querySelectorAll('img[src="x"], svg[onload], [onerror], iframe, object, embed').length;
  const outward = [...document.querySelectorAll('a[href], area[href], form[action]')]
    .map((element) => element.getAttribute('href') ?? element.getAttribute('action') ?? '')
    .filter((address) => !address.startsWith('#/'));
  return { flag: globalThis.__xss ?? null, planted, outward };
}
