import { relative } from 'node:path';
import type { Plugin } from 'rolldown';
import { type Reference, referencesIn } from './rooms/references.ts';
import { projectRoot } from './write-generated.ts';

/**
 * Evaluates modules when something of them is first used instead of before whatever imports them, as
 * `import defer` will.
 *
 * @param late by the path of a module, which of its imports are late, as they are written there.
 */
export function lateImports(late: Readonly<Record<string, readonly string[]>>): Plugin {
  return {
    name: 'late-imports',
    transform: {
      filter: { id: Object.keys(late).map((path) => `**/${path}`) },
      handler: (code, id) => {
        const path = relative(projectRoot, id).replaceAll('\\', '/');
        return (late[path] ?? []).reduce((text, from) => withLate(text, from, path), code);
      },
    },
  };
}

/** Replaces names that are imported by members of what `require` gives, which the bundler evaluates then and there. */
function withLate(code: string, from: string, path: string): string {
  const line = new RegExp(`^import \\{([^}]*)\\} from '${from.replaceAll('.', '\\.')}';$`, 'm');
  const found = line.exec(code);
  if (found === null) throw new Error(`${path}: expected an import of ${from}, found none`);
  const names = new Set((found[1] ?? '').split(',').map((name) => name.trim()));
  return referencesIn(code)
    .filter(({ name, declared }) => declared === 'module' && names.has(name))
    .toSorted((a, b) => startOf(b) - startOf(a))
    .reduce((text, reference) => replaced(text, reference, from), code)
    .replace(line, '');
}

function replaced(text: string, reference: Reference, from: string): string {
  const start = startOf(reference);
  return `${text.slice(0, start)}require('${from}').${text.slice(start)}`;
}

function startOf({ around }: Reference): number {
  return Number(around[0]?.start);
}
