import { failed, ok, type Said } from '../../checks/check.ts';
import type { VerifyRule } from '../facts.ts';

export const httpAnswers: VerifyRule = {
  code: 'HTTPAnswers',
  looksAt:
    'Requests are answered from behind the Gateway: /, /healthz and /api/auth/providers of the platform, / of a workload; 502 to 504 is the Gateway itself.',
  replaces: [
    'curl -k https://kubebyon.example.com/',
    'curl -k https://kubebyon.example.com/healthz',
    'curl -k https://kubebyon.example.com/api/auth/providers',
    'curl -kI https://<self-managed-hostname>/',
  ],
  next: 'see its route and its backend: kubebyon-gateway why HOSTNAME',
  check: ({ requests }) =>
    requests.flatMap(({ target, http = [] }) =>
      http
        .filter(({ url }) => target.redirects !== true || url.startsWith('https://'))
        .map(({ url, result }): Said => {
          const next = `kubebyon-gateway why ${target.hostname}`;
          if (!result.ok) return failed(url, 'an answer', result.error, next);
          const { status } = result.value;
          const isHealth = url.endsWith('/healthz');
          const isBad =
            status >= 500 || (isHealth && status !== 200) || (status === 404 && target.role === 'platform');
          return isBad
            ? failed(url, isHealth ? '200' : 'an answer from behind the Gateway', String(status), next)
            : ok(url, String(status));
        }),
    ),
};
