import type { Problem } from '../../library/problem.ts';
import { VERSION } from '../../library/version.ts';
import { jsonText } from '../../text/json-text.ts';
import { filePlace } from './in-repository.ts';
import { printable } from './printable.ts';

/**
 * Problems as a SARIF log, which code scanning reads. Source: OASIS, "Static Analysis Results Interchange Format (SARIF)
 * Version 2.1.0".
 *
 * @param root the folder of the repository, see {@link filePlace}.
 */
export function sarifText(problems: readonly Problem[], root: string | undefined): string {
  const rules = [...new Set(problems.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'kubebyon-gateway', version: VERSION, rules: rules.map((id) => ({ id })) } },
        results: problems.map((problem) => ({
          ruleId: problem.code,
          ruleIndex: rules.indexOf(problem.code),
          level: problem.severity,
          message: { text: messageOf(problem) },
          ...locationsOf(problem, root),
        })),
      },
    ],
  };
  return jsonText(log);
}

function messageOf({ path, message, hint }: Problem): string {
  const subject = path === '' ? '' : `${path}: `;
  return printable(`${subject}${message}`) + (hint === '' ? '' : `\nhint: ${printable(hint)}`);
}

function locationsOf(problem: Problem, root: string | undefined) {
  const place = filePlace(problem, root);
  if (place === undefined) return {};
  const { file, line, column } = place;
  const region = line === null ? {} : { region: { startLine: line, startColumn: column ?? 1 } };
  return { locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }] };
}

/** Two slashes in front would begin the name of a host. */
function uriOf(file: string): string {
  const path = file.toWellFormed().replace(/^\/{2,}/, '/');
  return path.split('/').map(encodeURIComponent).join('/');
}
