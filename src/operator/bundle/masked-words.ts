/** Characters that stand for one another; all others stay. */
const CLASSES = ['0123456789', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'];

/**
 * Other words for some words, of the same lengths and in the same order, also where a dot or a dash stands behind them: each
 * place of a word is replaced by a letter for a letter and a digit for a digit, in the order of those that stand there. A
 * word that is kept keeps its place among them. Of `a` and `a-10` the order of what is made of them may be another one (`a-1`
 * and `a-04-1`): whoever renames a World compares the plans.
 *
 * @param random from 0 to 1, without 1.
 */
export function maskedWords(
  words: Iterable<string>,
  kept: Iterable<string>,
  random: () => number,
): ReadonlyMap<string, string> {
  const masked = new Map<string, string>();
  const isKept = new Set(kept);
  const assign = (group: readonly string[], before: string): void => {
    const depth = before.length;
    for (const word of group) if (word.length === depth) masked.set(word, before);
    const longer = group.filter((word) => word.length > depth);
    const byNext = Map.groupBy(longer, (word) => word.charAt(depth));
    const isFixed = (char: string): boolean => byNext.get(char)?.some((word) => isKept.has(word)) === true;
    const others = otherCharacters([...byNext.keys()].toSorted(), isFixed, random);
    for (const [char, next] of byNext) assign(next, `${before}${others.get(char) ?? char}`);
  };
  assign([...new Set([...words, ...isKept])], '');
  return masked;
}

/** For each character another one of its class, in the same order. */
function otherCharacters(
  sorted: readonly string[],
  isFixed: (char: string) => boolean,
  random: () => number,
): ReadonlyMap<string, string> {
  const others = new Map<string, string>();
  for (const all of CLASSES) {
    const here = sorted.filter((char) => all.includes(char));
    let low = 0;
    here.forEach((char, place) => {
      const rest = here.slice(place);
      const nextFixed = rest.findIndex(isFixed);
      // Those that follow up to the next one that stays need room as well.
      const waiting = nextFixed < 0 ? rest.length - 1 : nextFixed - 1;
      const end = nextFixed < 0 ? all.length : all.indexOf(rest[nextFixed] ?? '');
      const high = end - Math.max(0, waiting);
      const chosen = isFixed(char) ? all.indexOf(char) : low + Math.floor(random() * (high - low));
      others.set(char, all.charAt(chosen));
      low = chosen + 1;
    });
  }
  return others;
}
