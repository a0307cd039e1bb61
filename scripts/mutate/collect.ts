/** A test, told apart from others by its place in the sequence. */
export interface CollectedTest {
  readonly name: string;
  readonly run: () => unknown;
}

interface Collecting {
  tests: CollectedTest[];
  expect: unknown;
}

declare global {
  /** Where the tests of the bundle go that is being read, and what they expect with. */
  var __collecting: Collecting;
}

type Body = (...given: unknown[]) => unknown;
type Declare = (name: string, ...rest: unknown[]) => void;

const bodyOf = (rest: readonly unknown[]): Body => {
  const body = rest.find((one) => typeof one === 'function');
  return (...given) => Reflect.apply(body ?? (() => {}), undefined, given);
};

const each =
  (declare: (name: string, run: () => unknown) => void) =>
  (rows: readonly unknown[]): Declare =>
  (name, ...rest) => {
    for (const [index, row] of rows.entries())
      declare(`${name} (${index})`, () => bodyOf(rest)(...(Array.isArray(row) ? row : [row])));
  };

const declareTest = (name: string, run: () => unknown): void => {
  globalThis.__collecting.tests.push({ name, run });
};
const declareGroup = (_name: string, run: () => unknown): void => {
  run();
};

/** As vitest's, but for the running. */
export const test = Object.assign(((name, ...rest) => declareTest(name, bodyOf(rest))) as Declare, {
  each: each(declareTest),
});
export const describe = Object.assign(((name, ...rest) => declareGroup(name, bodyOf(rest))) as Declare, {
  each: each(declareGroup),
});
export const expect = globalThis.__collecting.expect;
