import type { Values } from '../../tools/lab/chart.ts';
import { PLATFORM_NAME } from '../../tools/lab/chart.ts';
import { controlPlaneName } from '../../tools/lab/clusters.ts';
import type { Expected } from './expected.ts';
import { ofCustomer, workloadNames } from './names.ts';
import { strangers } from './strangers.ts';

/** The public addresses of the entries. */
export interface Entries {
  readonly 'control-plane': string;
  readonly platform: string;
  readonly workload: string;
}

/** What the runbook (section 6) says of a platform whose values are these, over those of the lab. */
export interface Mode {
  readonly says: string;
  readonly values: Values;
  readonly expected: (entries: Entries, clusters: readonly number[]) => readonly Expected[];
  /** The classes of Gateways by entry, where the values say so. */
  readonly classes?: Partial<Entries>;
}

export const redirectTo = (name: string, path = '/') => `302 to https://${name}${path}`;

/** Control planes by SNI, told apart by their names; nobody else is answered (runbook 5.2, 6.1). */
export function controlPlanes(
  { 'control-plane': address }: Entries,
  clusters: readonly number[],
): readonly Expected[] {
  return [
    ...clusters.map((index): Expected => {
      const host = controlPlaneName(index);
      return { asked: { scheme: 'https', address, host }, says: `200 c-${index} as ${host}` };
    }),
    { asked: { scheme: 'https', address, host: 'nobody.cp.example.com' }, says: 'none' },
    { asked: { scheme: 'http', address, host: controlPlaneName(1) }, says: 'none' },
    ...strangers(address, { http: 'none' }),
  ];
}

/** The hostname of the platform (runbook 5.3, 6.4), and nothing for other ones. */
export function platform(
  { platform: address }: Entries,
  answers: Readonly<Record<string, string>>,
): readonly Expected[] {
  const known = Object.entries(answers).map(([url, says]): Expected => {
    const { protocol, pathname } = new URL(url, 'http://platform');
    const scheme = protocol === 'https:' ? 'https' : 'http';
    return { asked: { scheme, address, host: PLATFORM_NAME, path: pathname }, says };
  });
  const hasHttp = answers[at('http', '/')] !== 'none';
  return [...known, ...strangers(address, { http: hasHttp ? '404' : 'none', behind: [PLATFORM_NAME] })];
}

const API = `200 kubebyon-api as ${PLATFORM_NAME}`;
const WEB = `200 kubebyon-web as ${PLATFORM_NAME}`;
export const at = (scheme: 'http' | 'https', path: string) => `${scheme}://${PLATFORM_NAME}${path}`;

export const WITH_WEB = {
  [at('https', '/')]: WEB,
  [at('https', '/apix')]: WEB,
  [at('https', '/healthz')]: API,
  [at('https', '/api/auth/providers')]: API,
};

export const WITHOUT_WEB = {
  [at('https', '/')]: '404',
  [at('https', '/healthz')]: API,
  [at('https', '/api/auth/providers')]: API,
};

/** Workloads by HTTP and HTTPS as one function of the name says (runbook 5.4, 6.5), and nothing for unknown names. */
export function workloads(
  { workload: address }: Entries,
  clusters: readonly number[],
  says: (index: number, name: string, seen: string) => { readonly http: string; readonly https: string },
): readonly Expected[] {
  const known = clusters.flatMap((index) =>
    workloadNames(index).flatMap(([host, seen]): readonly Expected[] => {
      const { http, https } = says(index, host, seen);
      return [
        { asked: { scheme: 'http', address, host }, says: http },
        { asked: { scheme: 'https', address, host }, says: https },
      ];
    }),
  );
  return [...known, ...strangers(address, { http: '404', behind: listenersOf(known) })];
}

/** A name of the listener that names share, and one of a listener alone, of what is served by TLS. */
function listenersOf(known: readonly Expected[]): readonly string[] {
  const served = known.filter(({ asked, says }) => asked.scheme === 'https' && says !== 'none');
  return [served.at(0), served.at(-1)].flatMap((one) => (one === undefined ? [] : [one.asked.host]));
}

/** Of the platform by HTTP: no console is there to redirect to. */
export const ONLY_API_REDIRECTED = {
  ...WITHOUT_WEB,
  [at('http', '/')]: '404',
  [at('http', '/healthz')]: redirectTo(PLATFORM_NAME, '/healthz'),
};

/** Every name by HTTPS, and redirected to it. */
export function everything(entries: Entries, clusters: readonly number[]): readonly Expected[] {
  return [
    ...controlPlanes(entries, clusters),
    ...platform(entries, { ...WITH_WEB, [at('http', '/')]: redirectTo(PLATFORM_NAME) }),
    ...workloads(entries, clusters, (index, name, seen) => ({
      http: redirectTo(name),
      https: `200 c-${index} as ${seen}`,
    })),
  ];
}

/** The Secret of the operator in {@link MODES}, for names below the base domain. */
export const OPERATOR_SECRET = 'operator-tls';

export const MODES: readonly Mode[] = [
  {
    says: 'platform with console, shared and dedicated certificates, redirects',
    values: {},
    expected: everything,
  },
  {
    says: 'platform without console: only its API is redirected; workloads without redirects',
    values: {
      web: { enabled: false },
      gatewayAPI: { workload: { tls: { httpToHttpsRedirect: false } } },
    },
    expected: (entries, clusters) => [
      ...controlPlanes(entries, clusters),
      ...platform(entries, {
        ...ONLY_API_REDIRECTED,
        [at('http', '/api/a')]: redirectTo(PLATFORM_NAME, '/api/a'),
      }),
      ...workloads(entries, clusters, (index, name, seen) => ({
        http: `200 c-${index} as ${name}`,
        https: `200 c-${index} as ${seen}`,
      })),
    ],
  },
  {
    says: "platform without redirect; workloads with the operator's Secret, which is for no name of a customer",
    values: {
      gatewayAPI: {
        platform: { httpToHttpsRedirect: false },
        workload: {
          tls: { secretName: OPERATOR_SECRET },
          certManager: { enabled: false, wildcard: false, selfManaged: { enabled: false } },
        },
      },
    },
    expected: (entries, clusters) => [
      ...platform(entries, { ...WITH_WEB, [at('http', '/')]: 'none' }),
      ...workloads(entries, clusters, (index, name) =>
        name === ofCustomer(index)
          ? { http: `200 c-${index} as ${name}`, https: 'none' }
          : { http: redirectTo(name), https: `200 c-${index} as ${name}` },
      ),
    ],
  },
  {
    says: 'workloads by HTTP alone',
    values: {
      gatewayAPI: {
        workload: {
          tls: { enabled: false },
          certManager: { enabled: false, wildcard: false, selfManaged: { enabled: false } },
        },
      },
    },
    expected: (entries, clusters) => [...controlPlanes(entries, clusters), ...byHttp(entries, clusters)],
  },
  {
    says: 'workloads by a class of their own, and each name in the shared certificate',
    values: {
      gatewayAPI: {
        addressMode: 'dual',
        gatewayClassProfiles: { edge: 'eg', workload: 'eg-workload' },
        workload: { certManager: { wildcard: false } },
      },
    },
    classes: { 'control-plane': 'eg', platform: 'eg', workload: 'eg-workload' },
    expected: everything,
  },
];

/** Every name by HTTP, and none by HTTPS. */
export function byHttp(entries: Entries, clusters: readonly number[]): readonly Expected[] {
  return workloads(entries, clusters, (index, name) => ({
    http: `200 c-${index} as ${name}`,
    https: 'none',
  }));
}
