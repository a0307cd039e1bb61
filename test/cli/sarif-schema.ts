/**
 * Of the published JSON Schema of SARIF 2.1.0 (sarif-2.1.0-rtm.5) the definitions that a log of problems needs, with the
 * properties that it uses. No object of SARIF may have others than the schema names.
 *
 * Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", sarif-schema-2.1.0.json.
 */
export const sarifSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  ...object({ $schema: text('uri'), version: { enum: ['2.1.0'] }, runs: list(ref('run')) }, [
    'version',
    'runs',
  ]),
  definitions: {
    run: object({ tool: ref('tool'), results: list(ref('result')) }, ['tool']),
    tool: object({ driver: ref('toolComponent') }, ['driver']),
    toolComponent: object(
      { name: text(), version: text(), rules: { ...list(ref('reportingDescriptor')), uniqueItems: true } },
      ['name'],
    ),
    reportingDescriptor: object({ id: text() }, ['id']),
    result: object(
      {
        ruleId: text(),
        ruleIndex: { type: 'integer', minimum: -1 },
        level: { enum: ['none', 'note', 'warning', 'error'] },
        message: ref('message'),
        locations: list(ref('location')),
      },
      ['message'],
    ),
    message: object({ text: text() }, ['text']),
    location: object({ physicalLocation: ref('physicalLocation') }),
    physicalLocation: object({ artifactLocation: ref('artifactLocation'), region: ref('region') }, [
      'artifactLocation',
    ]),
    artifactLocation: object({ uri: text('uri-reference') }),
    region: object({
      startLine: { type: 'integer', minimum: 1 },
      startColumn: { type: 'integer', minimum: 1 },
    }),
  },
};

/** The formats that it names. Source: RFC 3986. */
export const uriFormats = {
  uri: (value: string) => URL.canParse(value),
  'uri-reference': (value: string) =>
    /^(?:[\w\-.~!$&'()*+,;=:@/?#[\]]|%[0-9A-Fa-f]{2})*$/.test(value) &&
    URL.canParse(value, 'https://example.com/'),
};

function object(properties: object, required: readonly string[] = []) {
  return { type: 'object', additionalProperties: false, required, properties };
}

function list(items: object) {
  return { type: 'array', items };
}

function ref(name: string) {
  return { $ref: `#/definitions/${name}` };
}

function text(format?: string) {
  return format === undefined ? { type: 'string' } : { type: 'string', format };
}
