/**
 * What runs inside the page in these tests. Plain JavaScript: the tests' own types know no browser. Each function is sent
 * as its text, so none may use anything outside of itself.
 */

/** How everything that may get the focus looks while it has none. */
export function noteLooks() {
  globalThis.__looks ??= new WeakMap();
  const tags = 'a[href], button, input, select, textarea, summary, label, [tabindex], [role=row], th, td';
  for (const element of document.querySelectorAll(tags)) {
    if (element === document.activeElement) continue;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    globalThis.__looks.set(element, [outlineStyle, outlineWidth, boxShadow].join(' '));
  }
}

/** Words about the focused element when nothing shows that it is; null when something does, or nothing has the focus. */
export function hiddenFocus() {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const isRinged = (each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    const ring = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    return ring && globalThis.__looks?.get(each) !== [outlineStyle, outlineWidth, boxShadow].join(' ');
  };
  const pointed = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
  // A control without a look of its own may show the focus on its label or on the box around it.
  const shown = [element, element.parentElement, pointed].filter((each) => each !== null);
  const { width, height } = element.getBoundingClientRect();
  if (width >= 1 && height >= 1 && shown.some(isRinged)) return null;
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
