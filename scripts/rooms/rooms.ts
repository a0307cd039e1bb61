/** What a room of `src` may import, and what it may do. The table of docs/architecture.md says why. */
export interface Room {
  /** Other rooms that it may import. Its own files always may. */
  readonly imports: readonly RoomName[];
  /** Whether it may use Node's own modules: files, processes, the network. */
  readonly usesNode?: boolean;
}

export type RoomName =
  | 'contract'
  | 'template'
  | 'yaml'
  | 'values'
  | 'chart'
  | 'library'
  | 'helm'
  | 'runtime'
  | 'controller'
  | 'index'
  | 'cli';

const PURE: readonly RoomName[] = ['contract', 'template', 'values', 'chart', 'yaml'];

/** The rooms by the name of their folder; `index` is `src/index.ts`, the door of the library. */
export const ROOMS: Readonly<Record<RoomName, Room>> = {
  contract: { imports: [] },
  yaml: { imports: [] },
  template: { imports: ['contract'] },
  values: { imports: ['contract', 'template'] },
  chart: { imports: ['contract', 'template', 'values'] },
  library: { imports: PURE },
  helm: { imports: [...PURE, 'library'] },
  runtime: { imports: ['contract'] },
  controller: { imports: ['contract', 'runtime'] },
  index: { imports: [...PURE, 'library', 'helm', 'runtime'] },
  cli: { imports: [...PURE, 'library', 'helm', 'runtime', 'controller', 'index'], usesNode: true },
};

/** The one file outside `src/cli` that reads files: an entry of the package for programs on Node. */
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
