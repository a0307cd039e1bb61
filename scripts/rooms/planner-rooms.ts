import { posix } from 'node:path';

const PLANNER = 'src/planner/';

/** The findings of all rooms are one table, beside the world: each may know the other, but for circles. */
const FINDINGS = 'findings.ts';

/** What a rule of a decision looks like, in whatever room it stands. */
const RULE = 'rule.ts';

/** The rooms of the planner: each may import the world, the findings and what stands above it. */
export const PLANNER_ROOMS: readonly string[] = [
  'world',
  FINDINGS,
  RULE,
  'ownership',
  'control-plane',
  'backend',
  'https',
  'routes',
  'pod-routes',
  'withdrawal',
  'engine',
];

/** Rooms without a door inside the planner: all speak the words of the world, and none imports the engine. */
const OPEN: readonly string[] = ['world', 'engine', FINDINGS, RULE];

/** Types that the steps of all rooms share. They are no room's own, so they give types and nothing else. */
const SHARED_TYPES: readonly string[] = ['context.ts', 'status.ts'];

/** What an import inside the planner breaks; undefined when it breaks nothing, or leads out of the planner. */
export function plannerProblem(file: string, target: string, isTypeOnly: boolean): string | undefined {
  if (!file.startsWith(PLANNER) || !target.startsWith(PLANNER)) return undefined;
  const from = plannerRoomOf(file);
  const to = plannerRoomOf(target);
  if (from === to) return undefined;
  // The shared types name those of a room's own files, which know them in turn: a door would close a circle.
  const needsDoor = !SHARED_TYPES.includes(from) && PLANNER_ROOMS.includes(to) && !OPEN.includes(to);
  const door = `${PLANNER}${to}/index.ts`;
  if (needsDoor && target !== door) return `it may import this room by its door, ${door}`;
  if (isDoor(from)) return undefined;
  if (SHARED_TYPES.includes(to)) return isTypeOnly ? undefined : 'of this file only "import type"';
  const place = PLANNER_ROOMS.indexOf(from);
  if (place < 0) return `the planner holds ${PLANNER_ROOMS.join(', ')}`;
  const above = from === 'world' ? [FINDINGS] : PLANNER_ROOMS.slice(0, place);
  return above.includes(to) ? undefined : `of the planner it may import ${above.join(', ')}`;
}

/** The folder of a file below the planner; a file that lies in none is its own room. */
function plannerRoomOf(path: string): string {
  const [first = ''] = posix.relative(PLANNER, path).split('/');
  return first;
}

/** Files that lie in no folder join the rooms, as `index.ts` does, and no room may import them. */
function isDoor(room: string): boolean {
  return room.endsWith('.ts') && !PLANNER_ROOMS.includes(room);
}
