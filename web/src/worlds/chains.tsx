import type { ClusterStatus, HostnameStatus } from '../../../src/planner/index.ts';
import { useLanguage } from '../shared/language.ts';
import type { Word } from '../shared/words.ts';
import type { ClusterView } from '../workers/world/protocol.ts';

type LinkState = 'good' | 'wait' | 'bad' | 'off';

interface ChainLink {
  readonly word: Word;
  readonly state: LinkState;
  readonly text: string;
  readonly detail?: string | undefined;
}

/** The chain of each name of a cluster: what stands between the one who calls and the Pod that answers. */
export function Chains({
  cluster,
  status,
}: {
  readonly cluster: ClusterView;
  readonly status: ClusterStatus;
}) {
  const { say } = useLanguage();
  const behind = backendLinks(cluster, status, say('chain.unread'), (ready, all) =>
    say('chain.podCount', { ready, all }),
  );
  const { controlPlane } = status;
  return (
    <>
      {controlPlane !== undefined && (
        <>
          <h2>{say('chain.controlPlane')}</h2>
          <div class="host">
            <h3>{controlPlane.hostname}</h3>
            <Chain
              links={[
                {
                  word: 'chain.controlPlane',
                  state: { ready: 'good', pending: 'wait', withheld: 'bad' }[controlPlane.phase] as LinkState,
                  text: `TLSRoute ${controlPlane.phase}`,
                  detail: controlPlane.reason,
                },
              ]}
            />
          </div>
        </>
      )}
      {status.hostnames.length > 0 && <h2>{say('worlds.hostnames')}</h2>}
      {status.hostnames.map((hostname) => (
        <div key={hostname.hostname} class="host">
          <h3>
            {hostname.hostname} <span class="hint">{say(`management.${hostname.management}`)}</span>
          </h3>
          <Chain links={[...hostnameLinks(hostname), ...behind]} />
        </div>
      ))}
    </>
  );
}

function Chain({ links }: { readonly links: readonly ChainLink[] }) {
  const { say } = useLanguage();
  return (
    <ol class="chain" aria-label={say('chain.label')}>
      {links.map(({ word, state, text, detail }) => (
        <li key={word} data-state={state}>
          <span>{say(word)}</span>
          {text}
          {detail !== undefined && <span>{detail}</span>}
        </li>
      ))}
    </ol>
  );
}

const PHASES: Readonly<Record<HostnameStatus['phase'], LinkState>> = {
  ready: 'good',
  pending: 'wait',
  degraded: 'wait',
  lost: 'bad',
  released: 'off',
  conflict: 'bad',
  invalid: 'bad',
};

function hostnameLinks(status: HostnameStatus): readonly ChainLink[] {
  const { phase, reason, http, https, httpsReason, routeProblem } = status;
  return [
    { word: 'chain.dns', state: PHASES[phase], text: phase, detail: reason },
    {
      word: 'chain.http',
      state: routeProblem !== undefined ? 'bad' : http === 'withheld' ? 'bad' : 'good',
      text: http,
      detail: routeProblem,
    },
    {
      word: 'chain.https',
      state: https === 'open' ? 'good' : https === 'waiting' ? 'wait' : 'off',
      text: https,
      detail: httpsReason,
    },
  ];
}

function backendLinks(
  { pods }: ClusterView,
  { backend }: ClusterStatus,
  unread: string,
  count: (ready: number, all: number) => string,
): readonly ChainLink[] {
  const ofPods: ChainLink = {
    word: 'chain.pods',
    state: pods === undefined ? 'wait' : pods.ready > 0 ? 'good' : 'bad',
    text: pods === undefined ? unread : count(pods.ready, pods.all),
  };
  if (backend === undefined) return [ofPods];
  return [
    {
      word: 'chain.endpoints',
      state: backend.endpoints > 0 ? 'good' : 'bad',
      text: `${backend.endpoints} × ${backend.mode}:${backend.port}`,
      detail: `${backend.source}: ${backend.reason}`,
    },
    ofPods,
  ];
}
