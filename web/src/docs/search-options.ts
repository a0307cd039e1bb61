import type { Options } from 'minisearch';

/** A part of a page as search knows it. */
export interface SearchEntry {
  /** Its address below `docs/`. */
  readonly id: string;
  readonly title: string;
  readonly page: string;
  readonly within: string;
  readonly language: string;
  readonly weight: number;
  readonly text: string;
  readonly excerpt: string;
}

/** Words of Latin letters as they are, parts of keys besides; Chinese by pairs of characters. */
export function wordsOf(text: string): string[] {
  const words = text.match(/[\p{Script=Han}]+|[\p{L}\p{N}_]+/gu) ?? [];
  return words.flatMap((word) => {
    if (/\p{Script=Han}/u.test(word)) return pairsOf(word);
    const parts = word.split(/(?<=[a-z0-9])(?=[A-Z])/);
    return parts.length > 1 ? [word, ...parts] : [word];
  });
}

function pairsOf(word: string): string[] {
  const characters = [...word];
  if (characters.length === 1) return characters;
  return characters.slice(0, -1).map((character, index) => `${character}${characters[index + 1]}`);
}

/** The same when the index is made and when it is read. */
export const SEARCH_OPTIONS: Options<SearchEntry> = {
  fields: ['title', 'page', 'text'],
  storeFields: ['title', 'page', 'within', 'excerpt', 'weight', 'language'],
  tokenize: wordsOf,
  searchOptions: {
    boost: { title: 4, page: 1.5 },
    prefix: (term) => term.length > 1,
    fuzzy: (term) => (term.length > 5 ? 0.15 : false),
    combineWith: 'AND',
    boostDocument: (_id, _term, stored) => Number(stored?.weight ?? 1),
  },
};
