/** Cases on which the two differ. Broken ones first: they are what promotion would cost. */
export const duelLists = [
  { value: 'broken', label: 'Broken by B' },
  { value: 'fixed', label: 'Fixed by B' },
] as const;
export type DuelList = (typeof duelLists)[number]['value'];

/** p values as papers print them. */
export function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
