/** Gives out `cyst-s01`, `cyst-s02` …: short ids for one class that say nothing about a patient. */
export interface IdMaker {
  scan(): string;
  group(): string;
}

/**
 * @param className shown in the id as lower-case letters and digits
 * @param scans how many scans there will be, at most; decides how many digits the ids have
 * @param taken ids that must not be given out; what is given out is added
 */
export function idMaker(className: string, scans: number, taken: Set<string>): IdMaker {
  const plain = className
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const digits = Math.max(2, String(scans).length);
  const counter = (letter: string): (() => string) => {
    let number = 0;
    return () => {
      for (;;) {
        number += 1;
        const id = `${plain || 'class'}-${letter}${String(number).padStart(digits, '0')}`;
        if (taken.has(id)) continue;
        taken.add(id);
        return id;
      }
    };
  };
  return { scan: counter('s'), group: counter('p') };
}
