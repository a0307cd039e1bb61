import { failed, ok, type Said } from '../../checks/check.ts';
import type { VerifyRule } from '../facts.ts';

export const redirectAnswers: VerifyRule = {
  code: 'RedirectAnswers',
  looksAt: 'With httpToHttpsRedirect plain HTTP is answered with 302 to HTTPS.',
  replaces: ['curl -I http://kubebyon.example.com/', 'curl -I http://<hostname>/'],
  next: 'see the redirect route: kubectl get httproute -A',
  check: ({ requests }) =>
    requests
      .filter(({ target }) => target.redirects === true)
      .flatMap(({ http = [] }) => http)
      .filter(({ url }) => url.startsWith('http://'))
      .map(({ url, result }): Said => {
        if (!result.ok) return failed(url, '302 to HTTPS', result.error);
        const { status, location = 'nowhere' } = result.value;
        return status === 302 && location.startsWith('https://')
          ? ok(url, `302 to ${location}`)
          : failed(url, '302 to HTTPS', `${status}${status >= 300 && status < 400 ? ` to ${location}` : ''}`);
      }),
};
