import type { Failure, Result } from '../../kube/index.ts';
import type { IpAnswer, IpCall, RunIp } from './run-ip.ts';

/** Runs `ip` and gives what it printed; anything but success is a failure that says which command and why. */
export async function askIp(run: RunIp, call: IpCall): Promise<Result<string>> {
  const answer = await run(call);
  return answer.kind === 'ended' && answer.code === 0
    ? { ok: true, value: answer.stdout }
    : { ok: false, failure: ipFailure(call, answer) };
}

export function ipFailure({ args }: IpCall, answer: IpAnswer): Failure {
  return {
    kind: answer.kind === 'hung' ? 'timeout' : 'malformed',
    at: `ip ${args.join(' ')}`,
    message: foundIn(answer),
    hint: HINTS[answer.kind],
  };
}

function foundIn(answer: IpAnswer): string {
  switch (answer.kind) {
    case 'hung':
      return 'expected an end within the command timeout, found it still running, and killed it';
    case 'tooLong':
      return 'expected at most 8 MiB, found more';
    case 'missing':
      return `expected the program ip of iproute2, found ${answer.found}`;
    case 'ended':
      return `expected success, found exit code ${answer.code}${said(answer.stderr)}`;
  }
}

/** The first line of what it complained about, short enough for a log. */
function said(stderr: string): string {
  const [line = ''] = stderr.trim().split('\n');
  return line === '' ? '' : `: ${line.slice(0, 120)}`;
}

const HINTS: Readonly<Record<IpAnswer['kind'], string>> = {
  hung: 'the next round tries again; see what else holds the network of this host',
  tooLong: 'the agent is not made for a host with so many routes',
  missing: 'install iproute2',
  ended: 'the next round tries again',
};
