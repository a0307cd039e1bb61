import { useLanguage } from '../shared/language.ts';
import type { Word } from '../shared/words.ts';
import type { Entries, Entry, RenderedObject } from '../workers/values/protocol.ts';

interface Row {
  readonly name: keyof Omit<Entries, 'provider'>;
  readonly title: string;
  readonly caller: Word;
}

const ROWS: readonly Row[] = [
  { name: 'controlPlane', title: 'Control plane', caller: 'entries.customers' },
  { name: 'platform', title: 'Platform', caller: 'entries.browsers' },
  { name: 'workload', title: 'Workload', caller: 'entries.users' },
];

/** The entries as a picture: who calls, through which Gateway and routes, which backend. It follows the values. */
export function EntriesPane({
  entries,
  objects,
  onShow,
}: {
  readonly entries: Entries | undefined;
  readonly objects: readonly RenderedObject[];
  readonly onShow: (object: string) => void;
}) {
  const { say } = useLanguage();
  if (entries === undefined) return null;
  const show = (kind: string, name: string) => {
    const object = objects.find((candidate) => candidate.kind === kind && candidate.name === name);
    if (object !== undefined) onShow(object.key);
  };
  return (
    <div class="entries">
      <div class="entries-heads" aria-hidden="true">
        {(['entries.caller', 'entries.gateway', 'entries.routes', 'entries.backend'] as const).map((word) => (
          <span key={word}>{say(word)}</span>
        ))}
      </div>
      {ROWS.map((row) => (
        <EntryRow key={row.name} row={row} entries={entries} show={show} />
      ))}
      <p class="legend">
        <span class="swatch chart" /> {say('entries.chart')}
        <span class="swatch live" /> {say('entries.live')}
      </p>
    </div>
  );
}

type Show = (kind: string, name: string) => void;

function EntryRow({
  row,
  entries,
  show,
}: {
  readonly row: Row;
  readonly entries: Entries;
  readonly show: Show;
}) {
  const { say } = useLanguage();
  const entry = entries[row.name];
  const isHaproxy = entries.provider === 'haproxy' && row.name === 'controlPlane';
  return (
    <section class="entry" aria-label={row.title} data-off={entry === undefined && !isHaproxy}>
      <h2>{row.title}</h2>
      <div class="flow">
        <div class="cell">
          <div class="box who">{say(row.caller)}</div>
        </div>
        {isHaproxy ? (
          <Haproxy />
        ) : entry === undefined ? (
          <div class="cell off">{say('entries.off')}</div>
        ) : (
          <>
            <div class="cell">
              <GatewayBox entry={entry} show={show} />
            </div>
            <div class="cell">
              <Routes row={row} entry={entry} show={show} />
            </div>
            <div class="cell">
              <Backends row={row} entry={entry} />
            </div>
          </>
        )}
      </div>
    </section>
  );
}

function Haproxy() {
  const { say } = useLanguage();
  return (
    <>
      <div class="cell wide">
        <div class="box chart">
          <strong>haproxy</strong>
          <span>{say('entries.haproxy')}</span>
          <span class="chips">
            <span class="chip">TLS 443</span>
          </span>
        </div>
      </div>
      <div class="cell">
        <div class="box goal">{say('entries.vcluster')}</div>
      </div>
    </>
  );
}

function GatewayBox({ entry, show }: { readonly entry: Entry; readonly show: Show }) {
  return (
    <div class="box chart">
      <button type="button" class="link strong" onClick={() => show('Gateway', entry.gateway)}>
        {entry.gateway}
      </button>
      <span>
        {entry.namespace} · class <code>{entry.className}</code>
      </span>
      {entry.hostname !== undefined && <span>{entry.hostname}</span>}
      <span class="chips">
        {entry.listeners.map(({ name, port, protocol }) => (
          <span key={name} class="chip" title={name}>
            {protocol} {port}
          </span>
        ))}
      </span>
    </div>
  );
}

function Routes({ row, entry, show }: { readonly row: Row; readonly entry: Entry; readonly show: Show }) {
  const { say } = useLanguage();
  if (row.name === 'controlPlane') {
    return (
      <div class="box live">
        <strong>TLSRoute</strong>
        <span>{say('entries.each')}</span>
        <span class="chips">
          <span class="chip">SNI, passthrough</span>
        </span>
      </div>
    );
  }
  if (row.name === 'workload') {
    return (
      <div class="box live">
        <strong>HTTPRoute</strong>
        <span>{say('entries.each')}</span>
      </div>
    );
  }
  return (
    <>
      {entry.routes.map(({ name, paths, backend }) => (
        <div key={name} class="box chart">
          <button type="button" class="link strong" onClick={() => show('HTTPRoute', name)}>
            {name}
          </button>
          <span class="chips">
            {[...new Set(paths)].map((path) => (
              <span key={path} class="chip">
                {path}
              </span>
            ))}
            {backend === 'redirect' && <span class="chip">302 → HTTPS</span>}
          </span>
        </div>
      ))}
    </>
  );
}

function Backends({ row, entry }: { readonly row: Row; readonly entry: Entry }) {
  const { say } = useLanguage();
  if (row.name === 'controlPlane') return <div class="box goal">{say('entries.vcluster')}</div>;
  if (row.name === 'workload') {
    return (
      <div class="box live">
        <strong>Service, EndpointSlice</strong>
        <span>{say('entries.pods')}</span>
      </div>
    );
  }
  const backends = entry.routes.map(({ backend }) => backend).filter((backend) => backend !== 'redirect');
  return (
    <>
      {[...new Set(backends)].map((backend) => (
        <div key={backend} class="box goal">
          {backend}
        </div>
      ))}
    </>
  );
}
