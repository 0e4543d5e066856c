/** A ratio that the bench computes, and what it is to be. */
export type Ratio = {
  readonly name: string;
  readonly value: number;
  readonly target: Target | null;
};

export type Target = { readonly atLeast: number } | { readonly atMost: number };

export function isMet({ value, target }: Ratio): boolean | null {
  if (target === null || Number.isNaN(value)) return null;
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}

export function toldTarget(target: Target | null): string {
  if (target === null) return '';
  return 'atLeast' in target ? `>= ${target.atLeast}` : `<= ${target.atMost}`;
}
