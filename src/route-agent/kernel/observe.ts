import type { Result } from '../../kube/index.ts';
import type { Kernel, KernelLink, KernelRoute, KernelRule } from '../types.ts';
import { askIp } from './failure.ts';
import { parseLinks, parseRoutes, parseRules } from './parse.ts';
import type { RunIp } from './run-ip.ts';

/** Reads the kernel. The same object comes back while it prints the same, so that nothing is decided twice. */
export interface KernelObserver {
  read(): Promise<Result<Kernel>>;
}

const QUESTIONS = {
  routes4: ['-j', '-N', '-d', '-4', 'route', 'show', 'table', 'all'],
  routes6: ['-j', '-N', '-d', '-6', 'route', 'show', 'table', 'all'],
  rules4: ['-j', '-N', '-4', 'rule', 'show'],
  rules6: ['-j', '-N', '-6', 'rule', 'show'],
  links: ['-j', '-N', 'addr', 'show'],
} as const;

export function kernelObserver(run: RunIp): KernelObserver {
  const routes4 = remembered((text): Result<readonly KernelRoute[]> => parseRoutes(text, 4));
  const routes6 = remembered((text): Result<readonly KernelRoute[]> => parseRoutes(text, 6));
  const rules4 = remembered((text): Result<readonly KernelRule[]> => parseRules(text, 4));
  const rules6 = remembered((text): Result<readonly KernelRule[]> => parseRules(text, 6));
  const links = remembered((text): Result<readonly KernelLink[]> => parseLinks(text));
  let last: { readonly parts: readonly unknown[]; readonly kernel: Kernel } | undefined;

  return {
    read: async () => {
      const four = await answerOf(run, QUESTIONS.routes4, routes4);
      if (!four.ok) return four;
      const six = await answerOf(run, QUESTIONS.routes6, routes6);
      if (!six.ok) return six;
      const rulesFour = await answerOf(run, QUESTIONS.rules4, rules4);
      if (!rulesFour.ok) return rulesFour;
      const rulesSix = await answerOf(run, QUESTIONS.rules6, rules6);
      if (!rulesSix.ok) return rulesSix;
      const all = await answerOf(run, QUESTIONS.links, links);
      if (!all.ok) return all;
      const parts = [four.value, six.value, rulesFour.value, rulesSix.value, all.value];
      if (last === undefined || parts.some((part, index) => part !== last?.parts[index])) {
        const kernel = {
          routes: [...four.value, ...six.value],
          rules: [...rulesFour.value, ...rulesSix.value],
          links: all.value,
        };
        last = { parts, kernel };
      }
      return { ok: true, value: last.kernel };
    },
  };
}

async function answerOf<Value>(
  run: RunIp,
  args: readonly string[],
  parse: (text: string) => Result<Value>,
): Promise<Result<Value>> {
  const answer = await askIp(run, { args });
  return answer.ok ? parse(answer.value) : answer;
}

/** Gives what it gave before for the same text. */
function remembered<Value>(parse: (text: string) => Result<Value>): (text: string) => Result<Value> {
  let last: { readonly text: string; readonly value: Result<Value> } | undefined;
  return (text) => {
    if (last?.text === text) return last.value;
    const value = parse(text);
    last = { text, value };
    return value;
  };
}
