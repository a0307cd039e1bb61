import fc from 'fast-check';

/** A text of 1 to `maxLength` of the given characters: most of them nearly make sense to a YAML resolver. */
function soup(characters: string, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength });
}

function joined(...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...parts).map((texts) => texts.join(''));
}

const sign = fc.constantFrom('', '', '+', '-');
const digits = soup('0123456789_', 6);
const integer = joined(
  sign,
  fc.constantFrom('', '0', '0x', '0X', '0o', '0O', '0b', '0B'),
  soup('0123456789abcdefABCDEF_', 20),
);
const decimal = joined(
  sign,
  digits,
  fc.constantFrom('.', '._', ''),
  digits,
  fc.constantFrom('', 'e', 'E', 'e+', 'E-', 'e_'),
  digits,
);
const nearLimit = fc
  .tuple(
    fc.constantFrom(2n ** 53n, 2n ** 63n, 2n ** 64n),
    fc.bigInt({ min: -3n, max: 3n }),
    sign,
    fc.constantFrom(2, 8, 10, 16),
  )
  .map(([limit, offset, minus, base]) => {
    const prefix = { 2: '0b', 8: '0', 10: '', 16: '0x' }[base] ?? '';
    return `${minus}${prefix}${(limit + offset).toString(base)}`;
  });
const overflow = joined(
  sign,
  soup('0123456789.', 4),
  fc.constantFrom('e', 'E'),
  fc.constantFrom('', '-', '+'),
  fc.integer({ min: 290, max: 420 }).map(String),
);

const word = fc
  .constantFrom(
    'true',
    'false',
    'yes',
    'no',
    'on',
    'off',
    'y',
    'n',
    'null',
    '~',
    'nil',
    '.inf',
    '-.inf',
    '+.inf',
    '.nan',
    'inf',
    'nan',
    '<<',
    '=',
  )
  .chain((text) =>
    fc.oneof(
      fc.constant(text),
      fc.mixedCase(fc.constant(text)),
      soup(' _.0ex', 1).map((extra) => text + extra),
      soup('-+._0', 1).map((extra) => extra + text),
    ),
  );
const date = soup('0123456789-:TZ. +', 14);
const plain = soup(Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join(''), 14);
const flow = soup('{}[],:"\' ab1~', 12);
const hostile = fc.string({
  unit: fc.constantFrom(
    ...'\t\u00a0\u00ad\u200b\ufeff\u0085\u2028\u2029\u0001\u007f\u0080\ufffe\uffff\u3000é\u{1f600} a1:#-\'"',
  ),
  minLength: 1,
  maxLength: 6,
});
const quoted = fc.oneof(
  joined(fc.constant('"'), soup('\\ntxuU0041dDeEfF/_NLP"ab \t', 12), fc.constant('"')),
  joined(fc.constant("'"), soup("' ab\\:#\t", 8), fc.constant("'")),
);
const tag = joined(
  fc.constantFrom(
    '!!str',
    '!!int',
    '!!float',
    '!!bool',
    '!!null',
    '!!binary',
    '!!timestamp',
    '!!map',
    '!!seq',
    '!x',
    '!',
    '!!x',
  ),
  fc.constantFrom(' ', ' ', ' ', ''),
  fc.oneof(integer, decimal, word, date, quoted, fc.constantFrom('', '{a: 1}', '[1]', 'aGk=')),
);
const block = joined(
  fc.constantFrom('|', '>'),
  soup('+-0123456789 #c', 3).map((header) => header.trimEnd()),
  fc
    .array(joined(fc.constantFrom('\n', '\n ', '\n  ', '\n   ', '\n\t', '\n\n  '), soup('ab #:-', 5)), {
      maxLength: 4,
    })
    .map((lines) => lines.join('')),
);

const scalar = fc.oneof(
  { weight: 4, arbitrary: integer },
  { weight: 4, arbitrary: decimal },
  { weight: 4, arbitrary: soup('0123456789+-._eExXoObB:', 12) },
  { weight: 1, arbitrary: nearLimit },
  { weight: 1, arbitrary: overflow },
  { weight: 3, arbitrary: word },
  { weight: 2, arbitrary: date },
  { weight: 4, arbitrary: plain },
  { weight: 1, arbitrary: flow },
  { weight: 2, arbitrary: hostile },
  { weight: 2, arbitrary: quoted },
  { weight: 2, arbitrary: tag },
  { weight: 1, arbitrary: block },
);

/** `count` different values files with one generated scalar each: most as a value, some as an item or a key. */
export function generatedFiles(seed: number, count: number): readonly string[] {
  const file = fc.oneof(
    { weight: 8, arbitrary: scalar.map((text) => `v: ${text}\n`) },
    { weight: 1, arbitrary: scalar.map((text) => `v:\n- ${text}\n`) },
    { weight: 1, arbitrary: scalar.map((text) => `v:\n  ${text}: 1\n`) },
  );
  return [...new Set(fc.sample(file, { seed, numRuns: 2 * count }))].slice(0, count);
}
