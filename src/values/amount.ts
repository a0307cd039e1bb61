/**
 * How many of some an amount is: a share is rounded up, as for Pods that must stay.
 *
 * @param amount a number, or a share as `50%`.
 */
export function shareOf(amount: unknown, all: number): number {
  if (typeof amount === 'number') return amount;
  const percent = Number(/^(\d+)%$/.exec(String(amount))?.[1] ?? 0);
  return Math.ceil((percent * all) / 100);
}
