import type { Result } from '../../kube/index.ts';
import type { RouteOp } from '../types.ts';
import { ipFailure } from './failure.ts';
import { lineOf } from './grammar.ts';
import type { IpAnswer, RunIp } from './run-ip.ts';

/** What came of one change. */
export type OpResult =
  | { readonly op: RouteOp; readonly kind: 'done' }
  /** The kernel has it otherwise than it was read: the next reading tells. */
  | { readonly op: RouteOp; readonly kind: 'overtaken' }
  | { readonly op: RouteOp; readonly kind: 'failed'; readonly message: string }
  /** Nobody knows: the command was killed, or could not be started. */
  | { readonly op: RouteOp; readonly kind: 'unclear'; readonly message: string };

/** Changes of one command. More would not be quicker, and a command that hangs leaves fewer in doubt. */
const BATCH = 200;

export interface ExecuteOptions {
  readonly run: RunIp;
  /** Whether a replace would still change an entry of ours; asked before each batch that holds one. */
  readonly mayReplace: (ops: readonly RouteOp[]) => Promise<Result<(op: RouteOp) => boolean>>;
}

/**
 * Carries changes out in their order. `ip` stops at the first line that fails and names it, so each line has its own result;
 * the rest goes into the next command. Once a command is unclear, nothing more is tried.
 */
export async function executeOps(
  ops: readonly RouteOp[],
  { run, mayReplace }: ExecuteOptions,
): Promise<readonly OpResult[]> {
  const results: OpResult[] = [];
  for (const family of [4, 6] as const) {
    let left = ops.filter(({ route }) => route.range.family === family);
    while (left.length > 0) {
      const batch = left.slice(0, BATCH);
      const { kept, overtaken, failure } = await stillMeant(batch, mayReplace);
      if (failure !== undefined) return [...results, ...batch.map((op) => unclear(op, failure))];
      const done = kept.length === 0 ? [] : await runBatch(kept, family, run);
      results.push(...overtaken, ...done);
      if (done.some(({ kind }) => kind === 'unclear')) return results;
      const told = new Set([...overtaken, ...done].map(({ op }) => op));
      left = left.filter((op) => !told.has(op));
    }
  }
  return results;
}

async function stillMeant(
  batch: readonly RouteOp[],
  mayReplace: ExecuteOptions['mayReplace'],
): Promise<{
  readonly kept: readonly RouteOp[];
  readonly overtaken: readonly OpResult[];
  readonly failure?: string;
}> {
  if (!batch.some((op) => op.do === 'replace')) return { kept: batch, overtaken: [] };
  const verdict = await mayReplace(batch);
  if (!verdict.ok) return { kept: [], overtaken: [], failure: verdict.failure.message };
  const kept = batch.filter((op) => op.do !== 'replace' || verdict.value(op));
  const overtaken = batch
    .filter((op) => !kept.includes(op))
    .map((op): OpResult => ({ op, kind: 'overtaken' }));
  return { kept, overtaken };
}

/** Results up to the first line that failed, that one included. */
async function runBatch(ops: readonly RouteOp[], family: 4 | 6, run: RunIp): Promise<readonly OpResult[]> {
  const call = { args: [`-${family}`, '-batch', '-'], input: ops.map((op) => `${lineOf(op)}\n`).join('') };
  const answer = await run(call);
  if (answer.kind !== 'ended') {
    const { message } = ipFailure(call, answer);
    return ops.map((op) => unclear(op, message));
  }
  if (answer.code === 0) return ops.map((op) => ({ op, kind: 'done' }));
  const line = Number(/Command failed -:(\d+)/.exec(answer.stderr)?.[1]);
  const failed = ops[line - 1];
  if (failed === undefined) return ops.map((op) => unclear(op, ipFailure(call, answer).message));
  return [...ops.slice(0, line - 1).map((op): OpResult => ({ op, kind: 'done' })), resultOf(failed, answer)];
}

/** An add finds a route that somebody has made meanwhile, a delete one that is gone. */
const OVERTAKEN: Readonly<Partial<Record<RouteOp['do'], RegExp>>> = {
  add: /File exists/,
  guard: /File exists/,
  delete: /No such process/,
  unguard: /No such process/,
};

function resultOf(op: RouteOp, { stderr }: Extract<IpAnswer, { readonly kind: 'ended' }>): OpResult {
  if (OVERTAKEN[op.do]?.test(stderr) === true) return { op, kind: 'overtaken' };
  const [message = ''] = stderr.trim().split('\n');
  return { op, kind: 'failed', message: message.slice(0, 100) };
}

function unclear(op: RouteOp, message: string): OpResult {
  return { op, kind: 'unclear', message };
}
