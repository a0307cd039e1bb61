import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { globalsIn } from './globals.ts';
import { type Import, importsIn } from './imports.ts';
import { plannerProblem } from './planner-rooms.ts';
import { LOADER_ENTRY, ROOMS, type RoomName, roomOf, usesNode } from './rooms.ts';
import { stateIn } from './state.ts';

/** A place where a rule of the house is broken. */
export interface Violation {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly found: string;
  readonly allowed: string;
  /** What an exception calls it; without it there can be none. */
  readonly name?: string;
}

/** `file:line: found; allowed`, on one line. */
export function showViolation({ file, line, found, allowed }: Violation): string {
  return `${file}:${line}: ${found}; ${allowed}`;
}

/**
 * Every rule that a source file breaks.
 *
 * @param file path from the project's folder, with forward slashes.
 * @param dependencies names of the packages that the published package installs.
 */
export function violationsIn(
  file: string,
  text: string,
  dependencies: readonly string[],
): readonly Violation[] {
  const room = roomOf(file);
  if (room === undefined) {
    return [{ file, line: 1, found: 'is in no room', allowed: `src holds ${Object.keys(ROOMS).join(', ')}` }];
  }
  const broken = importsIn(text).flatMap((each) => {
    const problem = problemOf(file, room, each, dependencies);
    return problem === undefined ? [] : [{ file, line: each.line, ...problem }];
  });
  const ofProduct = room === 'template' ? mentionsOfProduct(file, text) : [];
  return [...broken, ...ofProduct, ...impurities(file, room, text)];
}

/** What a pure room does not do. Generated code keeps the errors of the last call, as ajv writes it. */
function impurities(file: string, room: RoomName, text: string): readonly Violation[] {
  if (usesNode(file)) return [];
  const globals = globalsIn(text).map(({ name, line }) => ({
    file,
    line,
    found: `src/${room} uses ${name}`,
    allowed: 'a pure room has no Node, no clock and no randomness',
  }));
  if (room === 'generated') return globals;
  const states = stateIn(text).map(({ name, line, why }) => ({
    file,
    line,
    name,
    found: `${name} ${why}`,
    allowed: 'a pure room keeps no state',
  }));
  return [...globals, ...states];
}

type Problem = Pick<Violation, 'found' | 'allowed'>;

function problemOf(
  file: string,
  room: RoomName,
  { specifier, names, isTypeOnly }: Import,
  dependencies: readonly string[],
): Problem | undefined {
  const found = `src/${room === 'index' ? posix.basename(file) : room} imports ${specifier}`;
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    return (
      roomProblem(file, room, found, target, isTypeOnly) ?? interpreterProblem(room, specifier, target, names)
    );
  }
  if (isBuiltin(specifier)) {
    return usesNode(file) ? undefined : { found, allowed: `only ${NODE_ROOMS} may use Node's own modules` };
  }
  const name = packageOf(specifier);
  if (isTypeOnly) return undefined;
  if (isModels(name)) return { found, allowed: 'only "import type" of it: a render must not load it' };
  if (dependencies.includes(name)) return undefined;
  return { found, allowed: `the package installs only ${dependencies.join(', ')}` };
}

const NODE_ROOMS = [
  ...Object.entries(ROOMS).flatMap(([name, room]) => (room.usesNode === true ? [`src/${name}`] : [])),
  LOADER_ENTRY,
].join(', ');

function roomProblem(
  file: string,
  room: RoomName,
  found: string,
  target: string,
  isTypeOnly: boolean,
): Problem | undefined {
  const other = roomOf(target);
  if (other === undefined) return { found, allowed: 'an import must lead to a room of src' };
  const { imports } = ROOMS[room];
  if (other === room) {
    const allowed = plannerProblem(file, target, isTypeOnly);
    return allowed === undefined ? undefined : { found, allowed };
  }
  if (imports.includes(other)) return undefined;
  const allowed = imports.length === 0 ? 'nothing of ours' : imports.map((each) => `src/${each}`).join(', ');
  return { found, allowed: `it may import ${allowed}` };
}

/** The interpreters of templates: a definition says what is, and leaves to others what becomes of it. */
const INTERPRETER = /^(evaluate|print)/i;

function interpreterProblem(
  room: RoomName,
  specifier: string,
  target: string,
  names: readonly string[],
): Problem | undefined {
  if (room !== 'chart' || roomOf(target) !== 'template') return undefined;
  const all = [...names, posix.basename(target)];
  const used = all.find((name) => INTERPRETER.test(name) || name === '*');
  if (used === undefined) return undefined;
  return {
    found: `src/chart imports ${used} of ${specifier}`,
    allowed: 'a definition may not evaluate or print',
  };
}

function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function isModels(name: string): boolean {
  return name === 'kubernetes-models' || name.startsWith('@kubernetes-models/');
}

/** The template language is of no product. */
function mentionsOfProduct(file: string, text: string): readonly Violation[] {
  return text.split('\n').flatMap((line, index) => {
    const [word] = /kubebyon/i.exec(line) ?? [];
    if (word === undefined) return [];
    const found = `src/template mentions ${word}`;
    return [{ file, line: index + 1, found, allowed: 'the template language is of no product' }];
  });
}
