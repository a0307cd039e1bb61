import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { releaseQuestions } from '../src/cli/release/release-questions.ts';
import { loadValues } from '../src/library/load.ts';
import { render } from '../src/library/render.ts';
import { observingGrants } from '../src/operator/bundle/index.ts';
import { type Grant, grantsFor } from '../src/operator/checks/permissions.ts';
import { importGrants } from '../src/operator/import/index.ts';
import { preflightQuestions } from '../src/operator/preflight/questions.ts';
import { wantedFrom } from '../src/operator/preflight/wanted.ts';
import { verifyGrants } from '../src/operator/verify/permissions.ts';
import { projectRoot } from './write-generated.ts';

const NAMESPACE = 'kubebyon-system';
const RELEASE = { name: 'kubebyon', namespace: NAMESPACE };
const COMPLETE = join(projectRoot, 'fixtures/multi-node/complete/values.yaml');

/** What each command must be allowed to do, for the page of checks. */
export function commandGrants(): Readonly<Record<string, readonly Grant[]>> {
  const loaded = loadValues('multi-node', [
    { kind: 'file', name: 'values.yaml', text: readFileSync(COMPLETE, 'utf8') },
  ]);
  const manifests = render(loaded, RELEASE).manifests.map(({ manifest }) => manifest);
  return {
    preflight: grantsFor(preflightQuestions(wantedFrom(RELEASE, manifests))),
    verify: verifyGrants(RELEASE, [NAMESPACE]),
    why: verifyGrants(RELEASE, [NAMESPACE]),
    'diff --live': grantsFor(
      releaseQuestions(
        NAMESPACE,
        manifests.map((manifest) => ({ ...manifest })),
      ),
    ),
    import: importGrants(),
    bundle: observingGrants({ release: NAMESPACE, gateways: [NAMESPACE] }),
  };
}
