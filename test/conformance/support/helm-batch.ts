import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { type HelmVersion, helmEnvironment, type TemplateJob } from './helm.ts';
import { toolPath } from './tools.ts';

/** A job whose values files may also be texts: `inline:0` in `valueFiles` is the first of `inline`. */
export interface BatchJob extends TemplateJob {
  readonly inline?: readonly string[];
}

/** What `helm template` prints: its standard output, or the message after `Error: `. */
export type Rendering =
  | { readonly ok: true; readonly output: string }
  | { readonly ok: false; readonly error: string };

/** Many `helm template` runs by one process: the library and the steps of the command, without its 40 ms start. */
export interface HelmBatch {
  /** Renders one job; jobs given without waiting are done in the order given. */
  template(job: BatchJob): Promise<Rendering>;
  stop(): Promise<void>;
}

export function startHelmBatch(version: HelmVersion): HelmBatch {
  const child = spawn(toolPath(`helm-batch-${version}`), [], {
    env: helmEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting: PromiseWithResolvers<Rendering>[] = [];
  const exited = once(child, 'close');
  const failAll = (reason: string) => {
    for (const job of waiting.splice(0)) job.reject(new Error(`helm-batch-${version} ${reason}`));
  };
  child.on('error', (error) => failAll(error.message));
  child.on('close', (code, signal) => failAll(`ended with ${signal ?? `exit code ${code}`}`));
  child.stdin.on('error', () => {}); // its end is reported by `close`

  createInterface({ input: child.stdout }).on('line', (line) => {
    // Our own program's answer: { output, error }, exactly one of them filled (an empty chart prints a newline).
    const { output, error } = JSON.parse(line) as { output: string; error: string };
    waiting.shift()?.resolve(error === '' ? { ok: true, output } : { ok: false, error });
  });

  return {
    template(job) {
      const answer = Promise.withResolvers<Rendering>();
      waiting.push(answer);
      child.stdin.write(`${JSON.stringify(job)}\n`);
      return answer.promise;
    },
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}

/** Renders all jobs in one process and gives the renderings in their order. */
export async function renderAll(
  version: HelmVersion,
  jobs: readonly BatchJob[],
): Promise<readonly Rendering[]> {
  const batch = startHelmBatch(version);
  try {
    return await Promise.all(jobs.map((job) => batch.template(job)));
  } finally {
    await batch.stop();
  }
}
