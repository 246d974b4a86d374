export function noteLooks(): void;
export function hiddenFocus(): string | null;
export function isFocused(element: unknown): boolean;
export function reportViolations(): void;
export function dropFiles(element: unknown, files: readonly { name: string; bytes: number[] }[]): void;
export function goAway(attempt: { way: 'link' | 'assign' | 'replace' | 'route' | 'window'; address: string }): void;
export function traces(): { flag: unknown; planted: number; outward: string[] };
