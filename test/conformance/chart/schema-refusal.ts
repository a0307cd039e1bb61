/** Helm's refusal of values by the schema of a chart. */
export interface SchemaRefusal {
  readonly kind: 'schema';
  /** The paths of what is wrong, as `api.extraEnv.0.name`, sorted; Helm 3.17 does not tell them in one case. */
  readonly paths: readonly string[] | 'not told';
}

const HEAD = "values don't meet the specifications of the schema(s) in the following chart(s):\n";

/**
 * Reads a message of Helm's schema validation. It names the same places in all versions, in other words and in random
 * order. Undefined for other messages.
 */
export function schemaRefusal(message: string): SchemaRefusal | undefined {
  if (!message.startsWith(HEAD)) return undefined;
  // Helm 3.17 writes the values as YAML before it validates them, which some characters do not survive.
  if (message.includes('\nyaml: control characters are not allowed'))
    return { kind: 'schema', paths: 'not told' };
  const lines = message.split('\n').filter((line) => /^ *- /.test(line));
  const paths = lines.flatMap((line) => pathsOfHelm3(line) ?? pathsOfHelm4(line) ?? unknown(message, line));
  return { kind: 'schema', paths: [...new Set(paths)].toSorted() };
}

/** What only says that something below or beside it is wrong. */
const FRAME =
  /Must validate ("then" as "if"|all the schemas)|: validation failed$|: '(allOf|\$ref)' failed$|\$ref/;

/** As `- at '/api/image': additional properties 'a', 'b' not allowed` (Helm 3.22 and 4.3). */
function pathsOfHelm4(line: string): readonly string[] | undefined {
  const [, pointer, reason = ''] = /^ *- at '((?:[^'\\]|\\.)*)': (.*)$/s.exec(line) ?? [];
  if (pointer === undefined) return undefined;
  if (FRAME.test(line)) return [];
  const path = pointer
    .split('/')
    .slice(1)
    .map((step) => unquote(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  const names = /^(?:additional|missing) propert(?:y|ies) (.*?)(?: not allowed)?$/s.exec(reason)?.[1];
  if (names === undefined) return [path.join('.')];
  return [...names.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, name = '']) =>
    [...path, unquote(name)].join('.'),
  );
}

/** As `- api.image: Additional property a is not allowed` (Helm 3.17). */
function pathsOfHelm3(line: string): readonly string[] | undefined {
  if (line.trimStart().startsWith("- at '")) return undefined;
  if (FRAME.test(line)) return [];
  const [, place, reason = ''] = /^- (.*?): (.*)$/s.exec(line) ?? [];
  if (place === undefined) return undefined;
  const path = place === '(root)' ? [] : [place];
  const name =
    /^Additional property (.*) is not allowed$/.exec(reason)?.[1] ?? /^(.*) is required$/.exec(reason)?.[1];
  return [[...path, ...(name === undefined ? [] : [name])].join('.')];
}

/** Undoes the quoting of Go's %q with single quotes. */
function unquote(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g, (_, x, u, U, other) => {
    const code: string | undefined = x ?? u ?? U;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    return ESCAPES[other] ?? other;
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unknown(message: string, line: string): never {
  throw new Error(`an unknown line of Helm's schema validation: ${line}\nin ${message}`);
}
