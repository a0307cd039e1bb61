import type { Expected } from './expected.ts';

/** Names that nobody has. */
const NOBODY = ['nobody.test', 'nobody.example.com', 'edge.example.com.nobody.test'] as const;

/**
 * Requests at an entry for names that nobody has: whatever is served there, they get nothing.
 *
 * @param of what comes by HTTP: `404` where there is a listener, else `none`; and names that are served by TLS, behind whose
 * listeners nobody is found either.
 */
export function strangers(
  address: string,
  of: { readonly http: '404' | 'none'; readonly behind?: readonly string[] },
): readonly Expected[] {
  const { http, behind = [] } = of;
  return [
    ...NOBODY.flatMap((host): readonly Expected[] => [
      { asked: { scheme: 'http', address, host }, says: http },
      { asked: { scheme: 'https', address, host }, says: 'none' },
      ...behind.map((sni): Expected => ({ asked: { scheme: 'https', address, host, sni }, says: '404' })),
    ]),
    // Without a name of TLS there is no listener, also not for a Host that somebody has.
    ...[...NOBODY.slice(0, 1), ...behind.slice(0, 1)].map(
      (host): Expected => ({ asked: { scheme: 'https', address, host, sni: '' }, says: 'none' }),
    ),
  ];
}
