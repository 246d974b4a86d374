export function noteLooks(): void;
export function hiddenFocus(): string | null;
export function isFocused(element: unknown): boolean;
export function reportViolations(): void;
export function dropFiles(element: unknown, files: readonly { name: string; bytes: number[] }[]): void;
