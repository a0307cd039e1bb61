/** Every code of the reader with its cause and remedy; all of them are errors. docs/problems.md is generated from it. */
export const READ_PROBLEM_KINDS = {
  YamlSyntax: {
    cause: 'The file is not YAML, or is YAML that a version of Helm does not read.',
    remedy: 'Repair the line. Tabs do not indent, and texts with `: ` or ` #` in them need quotes.',
  },
  NotUtf8: { cause: 'The file is not text in UTF-8.', remedy: 'Save it as UTF-8.' },
  CharacterNotAllowed: {
    cause: 'The file holds a control character, or another that YAML does not allow.',
    remedy: 'Remove it, or write it as an escape in double quotes.',
  },
  EscapeNotAllowed: {
    cause: 'A text in double quotes holds an escape that Helm refuses.',
    remedy: 'Write the character itself, or another escape.',
  },
  TopLevelNotMap: { cause: 'The file is a list or a scalar.', remedy: 'Write a map of values.' },
  SeveralDocuments: {
    cause: 'The file holds several documents; Helm 3 ignores all but the first, Helm 4 merges them.',
    remedy: 'Give each a file of its own.',
  },
  DocumentMarker: {
    cause: 'The mark of a document stands where none can be, or content follows behind it.',
    remedy: 'Remove the mark, or put the content on the next line.',
  },
  DirectiveNotAllowed: {
    cause: 'The file begins with a YAML directive, which Helm 4 refuses.',
    remedy: 'Remove the line.',
  },
  UnsupportedTag: { cause: 'A value has a tag other than !!str.', remedy: 'Remove the tag.' },
  AliasUndefined: {
    cause: 'An alias has no anchor before it, or stands inside of what it means.',
    remedy: 'Put the anchor before the value that it stands for.',
  },
  TooManyAliases: {
    cause: 'There are more aliases than a file may have, or more values once they are unfolded.',
    remedy: 'Write the values out.',
  },
  MergeNotAllowed: {
    cause: '`<<` names no map, or stands behind other keys, which Helm lets it overwrite.',
    remedy: 'Name a map, and move `<<` to the top of its map.',
  },
  DuplicateKey: {
    cause: 'A map has one key twice; Helm silently takes the last.',
    remedy: 'Remove one of the two.',
  },
  KeyNotAllowed: {
    cause: 'A key is neither a text nor an integer nor a boolean.',
    remedy: 'Put it into quotes.',
  },
  KeyTooLong: { cause: 'A key is longer than Helm takes.', remedy: 'Shorten it.' },
  UnsafeKey: {
    cause: 'A key such as `__proto__` would change how objects behave.',
    remedy: 'Rename it.',
  },
  NotFinite: {
    cause: 'A number is infinite or not a number.',
    remedy: 'Put it into quotes if text is meant.',
  },
  IntegerTooLarge: {
    cause: 'An integer is beyond 2^53-1, of which Helm changes the last digits.',
    remedy: 'Put it into quotes if text is meant.',
  },
  TooDeep: { cause: 'Maps and lists are nested too deep.', remedy: 'Flatten the values.' },
  TooLarge: {
    cause: 'The file has more bytes or values than are read.',
    remedy: 'Keep only values in it; large data belongs into a ConfigMap or Secret of its own.',
  },
} as const satisfies Readonly<Record<string, { readonly cause: string; readonly remedy: string }>>;
