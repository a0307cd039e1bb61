import { expected, type Finding } from './problem.ts';

// What can be wrong with the values of a file whose syntax is sound, each with its words.

export function unsupportedTag(offset: number, tag: string): Finding {
  return {
    code: 'UnsupportedTag',
    offset,
    message: expected('no tag but !!str before a scalar', cut(tag)),
    hint: 'remove the tag',
  };
}

export function tooManyAliases(offset: number, limit: number): Finding {
  return {
    code: 'TooManyAliases',
    offset,
    message: expected(`at most ${limit} aliases`, 'more'),
    hint: 'write the values out',
  };
}

export function tooManyUnfolded(offset: number, limit: number): Finding {
  return {
    code: 'TooManyAliases',
    offset,
    message: expected(`at most ${limit} values once aliases are unfolded`, 'more'),
    hint: 'write the values out',
  };
}

export function tooManyValues(limit: number): Finding {
  return {
    code: 'TooLarge',
    offset: 0,
    message: expected(`at most ${limit} values`, 'more'),
    hint: 'split the file',
  };
}

export function aliasUndefined(offset: number, name: string, isInside: boolean): Finding {
  const found = isInside ? 'one inside the value it stands for' : 'one without an anchor before it';
  return {
    code: 'AliasUndefined',
    offset,
    message: expected(`*${cut(name)} to stand for an earlier value`, found),
    hint: `put &${cut(name)} before the value it stands for`,
  };
}

export function keyNotAllowed(offset: number, found: string): Finding {
  return {
    code: 'KeyNotAllowed',
    offset,
    message: expected('text, an integer or a boolean as a key', found),
    hint: 'put the key into quotes',
  };
}

export function unsafeKey(offset: number, key: string): Finding {
  return {
    code: 'UnsafeKey',
    offset,
    message: expected('a key that cannot change how objects behave', key),
    hint: 'rename the key',
  };
}

export function duplicateKey(offset: number, key: string, firstLine: number, line: number): Finding {
  return {
    code: 'DuplicateKey',
    offset,
    message: expected(
      `the key ${JSON.stringify(cut(key))} once`,
      `it in line ${firstLine} and again in line ${line}`,
    ),
    hint: 'remove one of the two; Helm would silently take the last',
  };
}

export function mergeNotFirst(offset: number): Finding {
  return {
    code: 'MergeNotAllowed',
    offset,
    message: expected('<< as the first key of its map', 'keys before it'),
    hint: 'move << to the top; Helm lets it overwrite the keys before it',
  };
}

export function mergeNotMap(offset: number, found: string): Finding {
  return {
    code: 'MergeNotAllowed',
    offset,
    message: expected('<< to name a map or a list of maps', `a ${found}`),
    hint: 'name a map',
  };
}

export function notFinite(offset: number): Finding {
  return {
    code: 'NotFinite',
    offset,
    message: expected('a finite number', 'infinity or not-a-number'),
    hint: 'put it into quotes if text is meant',
  };
}

export function integerTooLarge(offset: number): Finding {
  return {
    code: 'IntegerTooLarge',
    offset,
    message: expected('an integer between -9007199254740991 and 9007199254740991', 'one beyond'),
    hint: 'put it into quotes if text is meant; Helm would change its last digits',
  };
}

export function unexpectedEnd(offset: number): Finding {
  return {
    code: 'YamlSyntax',
    offset,
    message: expected('a value', 'the end of the document'),
    hint: 'complete the document',
  };
}

function cut(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
