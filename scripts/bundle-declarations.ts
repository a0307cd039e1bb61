import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { withoutNotice } from './third-party.ts';
import { projectRoot } from './write-generated.ts';

/** The doors of the package by the paths of their declarations below `dist`, without ending. */
export const DOORS = ['index', 'node', 'planner/index', 'controller/index'];

/**
 * Bundles the declarations of the doors. What is left is what a user sees: of the interfaces of Kubernetes those that our
 * own reach, so that a user installs no package of ours for them, and nothing of the rooms behind the doors.
 *
 * @param from folder with a declaration of each module.
 * @param to folder that gets those of the doors, and what they share.
 * @throws Error where the interfaces of a package are in them and its licence is not in THIRD-PARTY.md.
 */
export async function bundleDeclarations(from: string, to: string): Promise<void> {
  const bundle = await rolldown({
    input: Object.fromEntries(DOORS.map((door) => [door, join(from, `${door}.d.ts`)])),
    cwd: projectRoot,
    // Only the classes of the models use these, and the classes are left out.
    external: [/^ajv/, '@kubernetes-models/validate'],
    checks: { bundlerTimings: false },
    plugins: [dts({ dtsInput: true, generator: 'oxc', tsconfig: false })],
  });
  const { output } = await bundle.write({ dir: to, chunkFileNames: 'shared.d.ts' });
  await bundle.close();
  await checkNotices(
    output.flatMap((chunk) =>
      chunk.type === 'chunk'
        ? Object.entries(chunk.modules).flatMap(([path, { renderedLength }]) =>
            renderedLength > 0 ? path : [],
          )
        : [],
    ),
  );
}

async function checkNotices(modules: readonly string[]): Promise<void> {
  const notices = await readFile(resolve(projectRoot, 'THIRD-PARTY.md'), 'utf8');
  const missing = withoutNotice(modules, notices);
  if (missing.length > 0) throw new Error(`THIRD-PARTY.md has no notice of ${missing.join(', ')}`);
}
