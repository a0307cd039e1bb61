/** What a room of `src` may import, and what it may do. The table of docs/architecture.md says why. */
export interface Room {
  /** Other rooms that it may import. Its own files always may. */
  readonly imports: readonly RoomName[];
  /** Whether it may use Node: modules, globals, clocks, state. A room without is pure. */
  readonly usesNode?: boolean;
}

export type RoomName =
  | 'text'
  | 'contract'
  | 'yaml'
  | 'template'
  | 'values'
  | 'chart'
  | 'library'
  | 'helm'
  | 'planner'
  | 'kube'
  | 'process'
  | 'controller'
  | 'route-agent'
  | 'operator'
  | 'generated'
  | 'index'
  | 'cli';

const LANGUAGE: readonly RoomName[] = ['text', 'contract', 'template'];
const CHARTS: readonly RoomName[] = [...LANGUAGE, 'values', 'chart', 'yaml', 'generated'];
const PLANNING: readonly RoomName[] = ['text', 'contract', 'planner'];
const OPENED: readonly RoomName[] = [...LANGUAGE, 'values', 'chart', 'yaml', 'library', 'helm', 'planner'];

/** The rooms by the name of their folder; `index` is `src/index.ts`, the door of the library. */
export const ROOMS: Readonly<Record<RoomName, Room>> = {
  text: { imports: [] },
  contract: { imports: ['text'] },
  yaml: { imports: [] },
  template: { imports: ['text'] },
  values: { imports: [...LANGUAGE, 'generated'] },
  chart: { imports: [...LANGUAGE, 'values', 'generated'] },
  library: { imports: CHARTS },
  helm: { imports: [...CHARTS, 'library'] },
  planner: { imports: ['text', 'contract', 'generated'] },
  kube: { imports: ['text', 'yaml'], usesNode: true },
  process: { imports: ['kube'], usesNode: true },
  controller: { imports: [...PLANNING, 'yaml', 'kube', 'process', 'route-agent'], usesNode: true },
  'route-agent': { imports: ['text', 'contract', 'kube', 'process'], usesNode: true },
  operator: { imports: [...PLANNING, 'values'] },
  generated: { imports: [] },
  index: { imports: OPENED },
  cli: {
    imports: [...OPENED, 'kube', 'process', 'controller', 'route-agent', 'operator', 'index'],
    usesNode: true,
  },
};

/** The one file outside the rooms of Node that reads files: an entry of the package for programs on Node. */
export const LOADER_ENTRY = 'src/node.ts';

/** The room of a file, by its path from the project's folder; undefined outside all rooms. */
export function roomOf(path: string): RoomName | undefined {
  if (path === LOADER_ENTRY || path === 'src/index.ts') return 'index';
  const folder = /^src\/([^/]+)\//.exec(path)?.[1];
  return folder !== undefined && folder !== 'index' && isRoom(folder) ? folder : undefined;
}

function isRoom(name: string): name is RoomName {
  return Object.hasOwn(ROOMS, name);
}

/** Whether a file may use Node: its modules, its globals, clocks, and state of a module. */
export function usesNode(file: string): boolean {
  const room = roomOf(file);
  return file === LOADER_ENTRY || (room !== undefined && ROOMS[room].usesNode === true);
}
