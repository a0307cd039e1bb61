/**
 * Makes the code of ajv's standalone validators smaller and quicker to start with:
 *
 * - what findings do not need is dropped (the path in the schema, the pattern, the parents of the value);
 * - reporting an error is a function of its own, not five statements at 400 places;
 * - a pattern is compiled when a text first needs it. Most values are empty, and whether a pattern takes the empty text
 *   is known now.
 *
 * @param parameters the parameters of errors that somebody reads.
 * @throws Error when the code is not of the form that this knows, as after an update of ajv.
 */
export function shrinkValidators(code: string, parameters: readonly string[]): string {
  const used = new RegExp(`^\\{(?:${parameters.join('|')}):`);
  const shrunk = code
    .replace(ERROR, (_whole, _name, path: string | undefined, keyword: string, params: string) => {
      return `vErrors = report(vErrors, ${path ?? 'instancePath'}, ${keyword}, ${usedParameters(params, used)});errors++;`;
    })
    .replaceAll('{instancePath="", parentData, parentDataProperty, rootData=data}={}', 'instancePath=""')
    .replaceAll('{instancePath,parentData,parentDataProperty,rootData}', 'instancePath')
    .replace(CALL, '$1')
    .replace(PATTERN, (_whole, pattern: string) => {
      const takesEmpty = new RegExp(JSON.parse(pattern), 'u').test('');
      return `lazyPattern(${pattern}, ${takesEmpty})`;
    });
  const unknown = /schemaPath|parentData|rootData|new RegExp/.exec(shrunk);
  if (unknown !== null)
    throw new Error(`ajv's code has changed: "${shrunk.slice(unknown.index, unknown.index + 200)}"`);
  return shrunk + SUPPORT;
}

const TEXT = String.raw`"(?:[^"\\]|\\.)*"`;

const ERROR = new RegExp(
  String.raw`const (err\d+) = \{instancePath(?::([^{}]+?))?,schemaPath:${TEXT},keyword:(${TEXT}),params:(\{(?:[^{}"]|${TEXT})*\})\};` +
    String.raw`if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;`,
  'g',
);

const CALL = new RegExp(
  String.raw`\{instancePath:([^{}]+?),parentData:\w+,parentDataProperty:(?:\w+|${TEXT}),rootData\}`,
  'g',
);

const PATTERN = new RegExp(String.raw`new RegExp\((${TEXT}), "u"\)`, 'g');

function usedParameters(params: string, used: RegExp): string {
  const compared = params.replace(/comparison: "[<>=]+", /, '');
  return used.test(compared) ? compared : '{}';
}

const SUPPORT = `
function report(errors, instancePath, keyword, params) {
  const error = { instancePath, keyword, params };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}
function lazyPattern(source, takesEmpty) {
  let pattern;
  return { test: (text) => text === '' ? takesEmpty : (pattern ??= new RegExp(source, 'u')).test(text) };
}
`;
