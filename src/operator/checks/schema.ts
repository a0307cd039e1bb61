const text = (description: string) => ({ type: 'string', description });
const count = (description: string) => ({ type: 'integer', minimum: 0, description });

/** JSON Schema of what `-o json` prints. */
export const REPORT_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'What kubebyon-gateway preflight, verify and why say with -o json',
  type: 'object',
  additionalProperties: false,
  required: ['command', 'requests', 'counts', 'checks'],
  properties: {
    command: { enum: ['preflight', 'verify', 'why'], description: 'Which command it is of.' },
    server: text('Where the API server is; absent for a file.'),
    version: text('What the API server says that it is.'),
    requests: count('Requests that were sent to the API server.'),
    counts: {
      type: 'object',
      description: 'How many checks came to what.',
      additionalProperties: false,
      required: ['ok', 'warning', 'failed', 'unknown'],
      properties: {
        ok: count('All is well.'),
        warning: count('It works, and is worth a look.'),
        failed: count('It does not work so.'),
        unknown: count('It could not be looked at.'),
      },
    },
    checks: {
      type: 'array',
      description: 'The worst first; of why in the order of the chain.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'object', 'verdict', 'found', 'expected', 'next'],
        properties: {
          code: text('Stable; docs/checks.md has all of them.'),
          object: text('What was looked at, as `Gateway kubebyon-system/public`.'),
          verdict: { enum: ['ok', 'warning', 'failed', 'unknown'], description: 'What it came to.' },
          found: text('What was found.'),
          expected: text('What was expected.'),
          next: text('The command to run or the value to change; empty when all is well.'),
        },
      },
    },
  },
} as const;
