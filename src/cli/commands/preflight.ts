import { hasErrors } from '../../library/problem.ts';
import { render as renderRelease } from '../../library/render.ts';
import { command } from '../command.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { type Arguments, type Flag, isOn } from '../input/arguments.ts';
import { loadRelease } from '../input/load-release.ts';
import { valueFlags } from '../input/value-flags.ts';
import { checkFlags, checkOptions } from '../operator/flags.ts';
import type { Outcome } from '../outcome.ts';
import { inReadingOrder } from '../text/problem-order.ts';
import { problemsText } from '../text/problem-text.ts';
import { styleOf } from '../text/style.ts';

const flags = [...valueFlags, ...checkFlags] as const satisfies readonly Flag[];

export const preflight = command({
  name: 'preflight',
  summary: 'Look at a cluster before a release is installed there: what is missing, and what to do.',
  words: ['NAME'],
  flags,
  details: [
    'It renders the release from its values and looks at everything that it needs: the Gateway API, the GatewayClasses, cert-manager, Secrets, names that are taken, permissions. Nothing is written. At most 40 requests are sent.',
    'What may not be read is told as unknown, and the rest is looked at all the same. docs/checks.md has every check.',
  ],
  example: 'preflight kubebyon --chart multi-node -n kubebyon-system -f values.yaml',
  run,
});

async function run(args: Arguments<(typeof flags)[number]['name']>): Promise<Outcome> {
  const read = loadRelease(args);
  if (!read.ok)
    return {
      exitCode: exitCodeOf(read.problems),
      stderr: problemsText(read.problems, () => undefined, styleOf(2)),
    };
  const { manifests, problems } = renderRelease(read.loaded, read.release);
  const stderr = problems.length === 0 ? '' : problemsText(inReadingOrder(problems), read.lineOf, styleOf(2));
  if (hasErrors(problems)) return { exitCode: 1, stderr };
  const { runPreflight } = await import('../operator/run-preflight.ts');
  const objects = manifests.map(({ manifest }) => manifest);
  const done = await runPreflight(read.release, objects, isOn(args, 'permissions'), checkOptions(args));
  return { ...done, stderr: stderr + (done.stderr ?? '') };
}
