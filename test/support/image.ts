import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { flagOf, type Instruction, type Stage } from './dockerfile.ts';

/** What an image says of how it is run. */
export interface BuiltImage {
  /** The folder that stands for `/`. */
  readonly root: string;
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly entrypoint: readonly string[];
  /** Its arguments where none are given. */
  readonly command: readonly string[];
  /** Debian packages that were asked for, as `iproute2=6.1.*`: nobody installs them here. */
  readonly packages: readonly string[];
}

export interface BuildOptions {
  /** The folder that the Dockerfile is in. */
  readonly context: string;
  /** A folder for the stages. */
  readonly scratch: string;
  /** Files that the images of the first line of a stage have, by their path there. */
  readonly ofBaseImages: Readonly<Record<string, string>>;
  readonly environment: NodeJS.ProcessEnv;
}

/** The images of a Dockerfile: of each stage with a name, and the one that it makes where no stage is asked for. */
export interface BuiltImages {
  readonly last: BuiltImage;
  readonly named: ReadonlyMap<string, BuiltImage>;
}

/** Runs the steps of the stages, each in a folder of its own. */
export function buildImages(stages: readonly Stage[], options: BuildOptions): BuiltImages {
  const built = new Map<string, BuiltImage>();
  let last: BuiltImage | undefined;
  for (const [index, stage] of stages.entries()) {
    last = buildStage(stage, join(options.scratch, `stage-${index}`), built, options);
    built.set(stage.name ?? String(index), last);
  }
  if (last === undefined) throw new Error('a Dockerfile without stage');
  return { last, named: built };
}

const EMPTY: Omit<BuiltImage, 'root'> = {
  workdir: '/',
  environment: {},
  user: 'root',
  entrypoint: [],
  command: [],
  packages: [],
};

function buildStage(
  { image: base, steps }: Stage,
  root: string,
  built: ReadonlyMap<string, BuiltImage>,
  options: BuildOptions,
): BuiltImage {
  mkdirSync(root, { recursive: true });
  const before = built.get(base);
  if (before !== undefined) cpSync(before.root, root, { recursive: true });
  let image: BuiltImage = { ...(before ?? EMPTY), root };
  for (const step of steps) {
    switch (step.keyword) {
      case 'WORKDIR':
        image = { ...image, workdir: step.text };
        mkdirSync(join(root, step.text), { recursive: true });
        break;
      case 'COPY':
        copy(step, image, built, options);
        break;
      case 'RUN':
        if (step.text.startsWith('apt-get ')) {
          image = { ...image, packages: [...image.packages, ...packagesOf(step.text)] };
        } else run(step.text, image, options);
        break;
      case 'CMD':
        image = { ...image, command: JSON.parse(step.text) };
        break;
      case 'ENV':
        image = { ...image, environment: { ...image.environment, ...pairsOf(step.text) } };
        break;
      case 'USER':
        image = { ...image, user: step.text };
        break;
      case 'ENTRYPOINT':
        image = { ...image, entrypoint: JSON.parse(step.text) };
        break;
      case 'LABEL':
        break;
      default:
        throw new Error(`no such step here: ${step.keyword}`);
    }
  }
  return image;
}

function copy(
  step: Instruction,
  { root, workdir }: BuiltImage,
  built: ReadonlyMap<string, BuiltImage>,
  { context, ofBaseImages }: BuildOptions,
): void {
  const words = step.text.split(/\s+/);
  const sources = words.slice(0, -1);
  const target = words.at(-1) ?? '';
  const from = flagOf(step, 'from');
  const folder = from === undefined ? context : built.get(from)?.root;
  if (folder === undefined) throw new Error(`no stage ${from}`);
  const place = posix.resolve(workdir, target);
  for (const source of sources) {
    const ofBase = from === undefined ? undefined : ofBaseImages[source];
    const path = ofBase ?? join(folder, source);
    if (!existsSync(path)) throw new Error(`COPY of ${source}, which is not there`);
    const isFolder = target.endsWith('/');
    cpSync(path, join(root, isFolder ? posix.join(place, basename(source)) : place), { recursive: true });
  }
}

/** Nothing keeps a step inside its folder, so it may name no path from the root. */
function run(command: string, { root, workdir, environment }: BuiltImage, options: BuildOptions): void {
  if (/(^|[\s=:])\//.test(command)) throw new Error(`a path from the root in: ${command}`);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: join(root, workdir),
    env: { ...options.environment, ...environment },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stdout}\n${stderr}`);
}

function pairsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(/\s+/).map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** What `apt-get install` of a line installs. */
function packagesOf(text: string): readonly string[] {
  const [, words = ''] = /apt-get install ([^&]*)/.exec(text) ?? [];
  return words
    .trim()
    .split(/\s+/)
    .filter((word) => !word.startsWith('-'))
    .map((word) => word.replaceAll("'", ''));
}
