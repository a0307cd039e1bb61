import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { JSON_SCHEMA, load } from 'js-yaml';
import { resolveWorld } from '../../test/support/world-fixture.ts';
import { repository } from './places.ts';

/** A world, as the viewer offers it. */
export interface WorldExample {
  readonly name: string;
  /** What it is about: the comment at the top of its file. */
  readonly about: string;
  readonly text: string;
}

/** Stories that show one thing each; all of them stand in `fixtures/worlds`. */
const STORIES = [
  'https-opens',
  'all-settled',
  'self-managed-waits-for-dns',
  'bad-name-in-shared-certificate',
  'nodeport-fallback',
  'podip-after-hysteresis',
  'two-tenants-claim-one-hostname',
  'wildcard-without-proof',
  'listener-sets',
  'mass-withdrawal-is-held',
  'hostname-moves-between-clusters',
  'control-plane-route',
] as const;

/** The stories as whole documents, in JSON, which is YAML too. */
export async function worldExampleText(): Promise<readonly WorldExample[]> {
  const bases = await readBases();
  return Promise.all(
    STORIES.map(async (name) => {
      const file = `fixtures/worlds/${name}/world.yaml`;
      const text = await readFile(join(repository, file), 'utf8');
      const world = resolveWorld(file, parse(text), bases);
      return { name, about: commentOf(text), text: JSON.stringify(world) };
    }),
  );
}

async function readBases(): Promise<ReadonlyMap<string, unknown>> {
  const folder = join(repository, 'fixtures/world-bases');
  const files = (await readdir(folder)).sort();
  const entries = files.map(async (file) => {
    const text = await readFile(join(folder, file), 'utf8');
    return [basename(file, '.yaml'), parse(text)] as const;
  });
  return new Map(await Promise.all(entries));
}

/** Times stay texts, as the World has them. */
function parse(text: string): unknown {
  return load(text, { schema: JSON_SCHEMA });
}

function commentOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .map((line) => line.replace(/^#\s?/, ''))
    .join(' ')
    .replace(/\s*\(T[\d.]+(, T[\d.]+)*\)/g, '');
}
