import type { Mutant } from './find-mutants.ts';

/** A mutant with its number in the whole run. */
export interface NumberedMutant extends Mutant {
  readonly id: number;
}

/** The global function that says whether a mutant is the one to be tried. */
export const SWITCH = '__mutant';

/** All mutants of one place of a file, with those of the places within it. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly mutants: NumberedMutant[];
  readonly within: Place[];
}

/**
 * The file with every mutant in it, each behind a switch: `b === c` becomes `(__mutant(7) ? b !== c : b === c)`, so that one
 * bundle serves for all of them.
 *
 * @param text TypeScript. @param mutants all of this file.
 */
export function withSwitches(text: string, mutants: readonly NumberedMutant[]): string {
  const file: Place = { start: 0, end: text.length, mutants: [], within: [] };
  const outerFirst = mutants.toSorted((a, b) => a.start - b.start || b.end - a.end);
  for (const mutant of outerFirst) put(file, mutant);
  return inner(text, file);
}

function put(place: Place, mutant: NumberedMutant): void {
  const last = place.within.at(-1);
  if (last !== undefined && mutant.end <= last.end) {
    if (mutant.start === last.start && mutant.end === last.end) last.mutants.push(mutant);
    else put(last, mutant);
    return;
  }
  place.within.push({ start: mutant.start, end: mutant.end, mutants: [mutant], within: [] });
}

function inner(text: string, { start, end, within }: Place): string {
  let at = start;
  let out = '';
  for (const place of within) {
    out += text.slice(at, startOf(text, place)) + switched(text, place);
    at = place.end;
  }
  return out + text.slice(at, end);
}

const isMethod = ({ mutants }: Place): boolean => mutants.some((one) => one.isMethod);

/** A method's switch takes the place of the dot before it as well. */
function startOf(text: string, place: Place): number {
  return isMethod(place) ? text.lastIndexOf('.', place.start) : place.start;
}

function switched(text: string, place: Place): string {
  const choose = (original: string, quote: (after: string) => string): string =>
    place.mutants.reduceRight(
      (rest, { id, after }) => `${SWITCH}(${id}) ? ${quote(after)} : ${rest}`,
      original,
    );
  if (!isMethod(place)) return `(${choose(`(${inner(text, place)})`, (after) => `(${after})`)})`;
  const optional = text[startOf(text, place) - 1] === '?';
  return `${optional ? '.' : ''}[${choose(JSON.stringify(text.slice(place.start, place.end)), JSON.stringify)}]`;
}
