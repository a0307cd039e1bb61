import { hasErrors } from '../../library/problem.ts';
import { render } from '../../library/render.ts';
import { grantsFor } from '../../operator/checks/permissions.ts';
import { type Diff, diffObjects, liveView, type ManifestObject } from '../../operator/diff/index.ts';
import { identityOf, nameOfObject } from '../../operator/diff/manifest-object.ts';
import { jsonText } from '../../text/json-text.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { type Arguments, isOn, lastOf } from '../input/arguments.ts';
import { splitCsv } from '../input/csv.ts';
import { loadRelease } from '../input/load-release.ts';
import type { ValueFlag } from '../input/value-flags.ts';
import { printRoles } from '../operator/print-roles.ts';
import type { Outcome } from '../outcome.ts';
import { releaseObjects } from '../release/release-objects.ts';
import { releaseQuestions } from '../release/release-questions.ts';
import { inReadingOrder } from '../text/problem-order.ts';
import { problemsText } from '../text/problem-text.ts';
import { styleOf } from '../text/style.ts';
import { diffGithub } from './diff-github.ts';
import { diffMarkdown } from './diff-markdown.ts';
import { diffText } from './diff-text.ts';
import { type DiffFlag, newSide } from './options.ts';

/** Compares two sides of a release, and tells what changes. */
export async function runDiff(args: Arguments<DiffFlag>): Promise<Outcome> {
  const after = renderedObjects(newSide(args));
  if (!after.ok) return after.outcome;
  if (isOn(args, 'permissions')) {
    const namespace = lastOf(args, 'namespace') ?? 'default';
    return printRoles('diff', grantsFor(releaseQuestions(namespace, after.objects)));
  }
  const before = isOn(args, 'live') ? await liveObjects(args, after) : renderedObjects(args);
  if (!before.ok) return before.outcome;
  const { unseen } = before;
  const isSeen = (object: ManifestObject): boolean => unseen?.has(nameOfObject(identityOf(object))) !== true;
  const diff = diffObjects(before.objects, after.objects.filter(isSeen));
  const exitCode = diff.changes.length === 0 ? 0 : 3;
  const stderr = [...new Set([before.stderr, after.stderr])].join('');
  return { exitCode, stdout: textOf(args, diff), ...(stderr === '' ? {} : { stderr }) };
}

/** The objects of a side, or how the command ends without them. */
type Side =
  | {
      readonly ok: true;
      readonly objects: readonly ManifestObject[];
      /** Names of objects that could not be looked at, so that nothing is said of them. */
      readonly unseen?: ReadonlySet<string>;
      readonly stderr: string;
    }
  | { readonly ok: false; readonly outcome: Outcome };

type Rendered = Extract<Side, { readonly ok: true }>;

/** What the values of a command line give. */
function renderedObjects(args: Arguments<ValueFlag>): Side {
  const read = loadRelease(args);
  if (!read.ok) {
    const stderr = problemsText(read.problems, () => undefined, styleOf(2));
    return { ok: false, outcome: { exitCode: exitCodeOf(read.problems), stderr } };
  }
  const { manifests, problems } = render(read.loaded, read.release);
  const stderr = problemsText(inReadingOrder(problems), read.lineOf, styleOf(2));
  if (hasErrors(problems)) return { ok: false, outcome: { exitCode: 1, stderr } };
  return { ok: true, objects: manifests.map(({ manifest }) => ({ ...manifest })), stderr };
}

/** What the release has on the cluster, as its manifests would say it. */
async function liveObjects(args: Arguments<DiffFlag>, after: Rendered): Promise<Side> {
  const [name = ''] = args.positionals;
  const namespace = lastOf(args, 'namespace') ?? 'default';
  const release = { name, namespace, rendered: after.objects };
  const found = await releaseObjects(release, lastOf(args, 'kubeconfig'));
  if (!found.ok) return found;
  const byName = new Map(after.objects.map((object) => [nameOfObject(identityOf(object)), object]));
  const objects = found.objects.map((object) =>
    liveView(object, byName.get(nameOfObject(identityOf(object)))),
  );
  return { ok: true, objects, unseen: found.unseen, stderr: found.stderr };
}

function textOf(args: Arguments<DiffFlag>, diff: Diff): string {
  switch (lastOf(args, 'output')) {
    case 'json':
      return jsonText(diff);
    case 'markdown':
      return diffMarkdown(diff);
    case 'github':
      return diffGithub(diff, filesOf(args).at(-1), process.env.GITHUB_WORKSPACE);
    default:
      return diffText(diff, styleOf(1));
  }
}

/** The files of the new side. */
function filesOf(args: Arguments<DiffFlag>): readonly string[] {
  return newSide(args)
    .given('values')
    .flatMap((argument) => splitCsv('--to', argument));
}
