import type { Finding } from './problem.ts';

// What can be wrong with the values of a file whose syntax is sound, each with its words.

export function unsupportedTag(offset: number, tag: string): Finding {
  return {
    code: 'UnsupportedTag',
    offset,
    message: `Expected no tag but !!str before a scalar, found ${cut(tag)}`,
    hint: 'Remove the tag.',
  };
}

export function tooManyAliases(offset: number, limit: number): Finding {
  return {
    code: 'TooManyAliases',
    offset,
    message: `Expected at most ${limit} aliases, found more`,
    hint: 'Write the values out.',
  };
}

export function tooManyUnfolded(offset: number, limit: number): Finding {
  return {
    code: 'TooManyAliases',
    offset,
    message: `Expected at most ${limit} values once aliases are unfolded, found more`,
    hint: 'Write the values out.',
  };
}

export function tooManyValues(limit: number): Finding {
  return {
    code: 'TooLarge',
    offset: 0,
    message: `Expected at most ${limit} values, found more`,
    hint: 'Split the file.',
  };
}

export function aliasUndefined(offset: number, name: string, isInside: boolean): Finding {
  const found = isInside ? 'one inside the value it stands for' : 'one without an anchor before it';
  return {
    code: 'AliasUndefined',
    offset,
    message: `Expected *${cut(name)} to stand for an earlier value, found ${found}`,
    hint: `Put &${cut(name)} before the value it stands for.`,
  };
}

export function keyNotAllowed(offset: number, found: string): Finding {
  return {
    code: 'KeyNotAllowed',
    offset,
    message: `Expected text, an integer or a boolean as a key, found ${found}`,
    hint: 'Put the key into quotes.',
  };
}

export function unsafeKey(offset: number, key: string): Finding {
  return {
    code: 'UnsafeKey',
    offset,
    message: `Expected a key that cannot change how objects behave, found ${key}`,
    hint: 'Rename the key.',
  };
}

export function duplicateKey(offset: number, key: string, firstLine: number, line: number): Finding {
  return {
    code: 'DuplicateKey',
    offset,
    message: `Expected the key ${JSON.stringify(cut(key))} once, found it in line ${firstLine} and again in line ${line}`,
    hint: 'Remove one of the two; Helm would silently take the last.',
  };
}

export function mergeNotFirst(offset: number): Finding {
  return {
    code: 'MergeNotAllowed',
    offset,
    message: 'Expected << as the first key of its map, found keys before it',
    hint: 'Move << to the top; Helm lets it overwrite the keys before it.',
  };
}

export function mergeNotMap(offset: number, found: string): Finding {
  return {
    code: 'MergeNotAllowed',
    offset,
    message: `Expected << to name a map or a list of maps, found a ${found}`,
    hint: 'Name a map.',
  };
}

export function notFinite(offset: number): Finding {
  return {
    code: 'NotFinite',
    offset,
    message: 'Expected a finite number, found infinity or not-a-number',
    hint: 'Put it into quotes if text is meant.',
  };
}

export function integerTooLarge(offset: number): Finding {
  return {
    code: 'IntegerTooLarge',
    offset,
    message: 'Expected an integer between -9007199254740991 and 9007199254740991, found one beyond',
    hint: 'Put it into quotes if text is meant; Helm would change its last digits.',
  };
}

export function unexpectedEnd(offset: number): Finding {
  return {
    code: 'YamlSyntax',
    offset,
    message: 'Expected a value, found the end of the document',
    hint: 'Complete the document.',
  };
}

function cut(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
