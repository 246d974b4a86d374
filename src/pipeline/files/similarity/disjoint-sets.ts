/** Sets of the numbers 0..count-1 that can be joined (union-find with path halving). */
export interface DisjointSets {
  /** The number that stands for the set of i. */
  find(i: number): number;
  join(i: number, j: number): void;
}

export function disjointSets(count: number): DisjointSets {
  const parent = Uint32Array.from({ length: count }, (_, i) => i);
  const up = (i: number): number => parent[i] ?? i;
  const find = (i: number): number => {
    let at = i;
    while (up(at) !== at) {
      parent[at] = up(up(at));
      at = up(at);
    }
    return at;
  };
  return {
    find,
    join(i, j) {
      const [a, b] = [find(i), find(j)];
      parent[Math.max(a, b)] = Math.min(a, b);
    },
  };
}
