import { useMemo, useState } from 'preact/hooks';
import { ProblemCode } from '../playground/problems.tsx';
import { useLanguage } from '../shared/language.ts';
import type { ActionView, ClusterView, FindingView, PlanAnswer } from '../workers/world/protocol.ts';
import { Chains } from './chains.tsx';

/** Clusters that the list shows at once; others are found by the filter. */
const MOST_LISTED = 300;

/** Remembered from world to world, so that the slider stays with one cluster. */
let lastCluster: string | null | undefined;

interface Props {
  readonly answer: PlanAnswer;
  readonly objectOf: (action: string) => Promise<string | undefined>;
}

export function WorldView({ answer, objectOf }: Props) {
  const { say } = useLanguage();
  const known = answer.clusters.some(({ id }) => id === lastCluster) ? lastCluster : firstOf(answer);
  const [chosen, setChosen] = useState<string | null | undefined>(known);
  const choose = (id: string | null) => {
    lastCluster = id;
    setChosen(id);
  };
  const cluster = answer.clusters.find(({ id }) => id === chosen);
  const findings = answer.findings.filter((finding) => finding.cluster === (chosen ?? null));
  const actions = answer.actions.filter((action) => action.cluster === (chosen ?? null));
  return (
    <div class="world">
      <ClusterList answer={answer} chosen={chosen ?? null} onChoose={choose} />
      <main class="cluster">
        <h1>{cluster?.id ?? say('worlds.shared')}</h1>
        {cluster !== undefined ? <ClusterAbout cluster={cluster} /> : <Shared answer={answer} />}
        <h2>
          {say('worlds.findings')} ({findings.length})
        </h2>
        <Findings findings={findings} />
        <h2>
          {say('worlds.actions')} ({actions.length})
        </h2>
        <Actions actions={actions} objectOf={objectOf} />
      </main>
    </div>
  );
}

/** Where something is wrong is where one looks first. */
function firstOf({ clusters, findings }: PlanAnswer): string | undefined {
  const worst = findings.find(({ severity, cluster }) => severity === 'error' && cluster !== null);
  return worst?.cluster ?? clusters[0]?.id;
}

function ClusterAbout({ cluster }: { readonly cluster: ClusterView }) {
  const { say } = useLanguage();
  if (cluster.status === undefined) return <p class="hint">{say('worlds.unlisted')}</p>;
  return (
    <>
      {cluster.slug !== undefined && cluster.slug !== cluster.id && <p class="hint">{cluster.slug}</p>}
      <Chains cluster={cluster} status={cluster.status} />
    </>
  );
}

function Shared({ answer: { shared } }: { readonly answer: PlanAnswer }) {
  const { onGateway, inListenerSets, freeOnGateway } = shared.listeners;
  return (
    <>
      <p class="hint">
        Listeners: {onGateway} on the Gateway, {inListenerSets} in ListenerSets, {freeOnGateway} free
      </p>
      <ul>
        {shared.certificates.map(({ name, names, ready }) => (
          <li key={name}>
            Certificate <code>{name}</code>: {names} names, {ready ? 'ready' : 'not ready'}
          </li>
        ))}
      </ul>
    </>
  );
}

function ClusterList({
  answer,
  chosen,
  onChoose,
}: {
  readonly answer: PlanAnswer;
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
}) {
  const { say } = useLanguage();
  const [filter, setFilter] = useState('');
  const counts = useMemo(() => countsOf(answer), [answer]);
  const wanted = filter.toLowerCase();
  const found = answer.clusters.filter((cluster) => textOf(cluster).includes(wanted));
  return (
    <nav class="objects" aria-label={say('worlds.clusters')}>
      <input
        type="search"
        placeholder={say('worlds.filter')}
        aria-label={say('worlds.filter')}
        value={filter}
        onInput={({ currentTarget }) => setFilter(currentTarget.value)}
      />
      <ul>
        <li>
          <button
            type="button"
            aria-current={chosen === null ? 'true' : undefined}
            onClick={() => onChoose(null)}
          >
            <span class="name">{say('worlds.shared')}</span>
            <Counts counts={counts.get(null)} />
          </button>
        </li>
        {found.slice(0, MOST_LISTED).map((cluster) => (
          <li key={cluster.id}>
            <button
              type="button"
              aria-current={chosen === cluster.id ? 'true' : undefined}
              onClick={() => onChoose(cluster.id)}
            >
              <span class="name">{cluster.id}</span>
              <Counts counts={counts.get(cluster.id)} />
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="hint">{say('worlds.none')}</p>}
      {found.length > MOST_LISTED && (
        <p class="hint">{say('worlds.more', { count: found.length - MOST_LISTED })}</p>
      )}
    </nav>
  );
}

function textOf({ id, slug, status }: ClusterView): string {
  const hostnames = (status?.hostnames ?? []).map(({ hostname }) => hostname);
  return [id, slug ?? '', status?.controlPlane?.hostname ?? '', ...hostnames].join(' ').toLowerCase();
}

interface CountsOfCluster {
  readonly error: number;
  readonly warning: number;
  readonly actions: number;
}

function countsOf({ findings, actions }: PlanAnswer): ReadonlyMap<string | null, CountsOfCluster> {
  const counts = new Map<string | null, { error: number; warning: number; actions: number }>();
  const of = (cluster: string | null) => {
    const known = counts.get(cluster) ?? { error: 0, warning: 0, actions: 0 };
    counts.set(cluster, known);
    return known;
  };
  for (const { cluster, severity } of findings) {
    if (severity !== 'info') of(cluster)[severity] += 1;
  }
  for (const { cluster } of actions) of(cluster).actions += 1;
  return counts;
}

function Counts({ counts }: { readonly counts: CountsOfCluster | undefined }) {
  const { say } = useLanguage();
  if (counts === undefined) return null;
  const { error, warning, actions } = counts;
  return (
    <span class="counts">
      {error > 0 && (
        <span class="count-error">
          {error} {say('problem.error')}
        </span>
      )}
      {warning > 0 && (
        <span class="count-warning">
          {warning} {say('problem.warning')}
        </span>
      )}
      {actions > 0 && <span>± {actions}</span>}
    </span>
  );
}

function Findings({ findings }: { readonly findings: readonly FindingView[] }) {
  const { say } = useLanguage();
  if (findings.length === 0) return <p class="hint">{say('worlds.noFindings')}</p>;
  return (
    <>
      {findings.map(({ code, severity, hostname, message, cause, remedy }) => (
        <article key={`${code} ${hostname} ${message}`} class="finding" data-severity={severity}>
          <p>
            <ProblemCode code={code} page="runtime" /> {hostname !== undefined && <strong>{hostname}</strong>}{' '}
            {message}
          </p>
          <dl>
            <dt>{say('worlds.cause')}</dt>
            <dd>{cause}</dd>
            <dt>{say('worlds.remedy')}</dt>
            <dd>{remedy}</dd>
          </dl>
        </article>
      ))}
    </>
  );
}

function Actions({
  actions,
  objectOf,
}: { readonly actions: readonly ActionView[] } & Pick<Props, 'objectOf'>) {
  const { say } = useLanguage();
  if (actions.length === 0) return <p class="hint">{say('worlds.noActions')}</p>;
  return (
    <>
      {actions.map((action) => (
        <ActionItem key={action.id} action={action} objectOf={objectOf} />
      ))}
    </>
  );
}

/** The object of an action, which its id names after the verb. */
function nameOf({ id, verb }: ActionView): string {
  return id.slice(verb.length + 1);
}

function ActionItem({ action, objectOf }: { readonly action: ActionView } & Pick<Props, 'objectOf'>) {
  const { say } = useLanguage();
  const [yaml, setYaml] = useState<string>();
  const load = () => void objectOf(action.id).then(setYaml);
  return (
    <details
      class="action"
      data-verb={action.verb}
      onToggle={({ currentTarget }) => currentTarget.open && yaml === undefined && load()}
    >
      <summary>
        <span class="verb">{action.verb}</span> <code>{nameOf(action)}</code> {action.reason}
        {action.after.map((id) => (
          <span key={id} class="hint">
            {' '}
            · {say('worlds.after', { id })}
          </span>
        ))}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it. */}
      {yaml !== undefined && <pre tabIndex={0}>{yaml}</pre>}
    </details>
  );
}
