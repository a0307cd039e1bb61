/** A place where a rule is broken on purpose. One that is no longer needed is a violation itself. */
export interface Exception {
  readonly file: string;
  /** The name that is state, or the file that closes a circle. */
  readonly name: string;
  readonly reason: string;
}

/** Where the exceptions stand, for messages. */
export const EXCEPTIONS_FILE = 'scripts/rooms/exceptions.ts';

const MADE_READY =
  'templates are frozen and made ready to run once; goes when a chart is compiled as a whole';

/** Every exception of this project. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    file: 'src/values/once-per-chart.ts',
    name: 'oncePerChart',
    reason: 'what follows from a chart alone is the same whenever it is made',
  },
  {
    file: 'src/values/definition.ts',
    name: 'fieldLists',
    reason: 'the keys of a section never change, and coalescing asks for them thousands of times',
  },
  {
    file: 'src/values/kubernetes/types.ts',
    name: 'readOnce',
    reason: 'the table of types never changes, and is read when a value first needs it',
  },
  {
    file: 'src/values/load/plain.ts',
    name: 'frozenByUs',
    reason: 'a mark on data that is frozen at every depth, which Object.isFrozen cannot tell',
  },
  {
    file: 'src/yaml/emit.ts',
    name: 'inlineKeys',
    reason: 'what follows from a text alone, bounded in size; a render writes the same keys many times',
  },
  { file: 'src/yaml/emit.ts', name: 'words', reason: 'as inlineKeys' },
  { file: 'src/template/evaluate/templates.ts', name: 'cache', reason: MADE_READY },
  { file: 'src/template/evaluate/expressions.ts', name: 'compiled', reason: MADE_READY },
  { file: 'src/template/evaluate/expressions.ts', name: 'slots', reason: MADE_READY },
  { file: 'src/template/explain/unread.ts', name: 'cache', reason: MADE_READY },
];
