import { useEffect, useRef, useState } from 'preact/hooks';
import { CopyButton } from '../shared/copy-button.tsx';
import { useLanguage } from '../shared/language.ts';
import type { ClassesAnswer, Entries, Entry } from '../workers/values/protocol.ts';
import type { Playground } from './state.ts';

const TITLES = { controlPlane: 'Control plane', platform: 'Platform', workload: 'Workload' } as const;

/** Which GatewayClass each entry gets, and which names must point where. */
export function AddressesPane({ playground }: { readonly playground: Playground }) {
  return (
    <div class="sheet">
      <Classes playground={playground} />
      {playground.entries !== undefined && <Records entries={playground.entries} />}
    </div>
  );
}

function Classes({ playground }: { readonly playground: Playground }) {
  const { say } = useLanguage();
  const [answer, setAnswer] = useState<ClassesAnswer>();
  const ask = useRef(playground.ask);
  ask.current = playground.ask;
  const { revision } = playground;
  useEffect(() => {
    let isOld = false;
    void ask.current({ kind: 'classes' }).then((found) => {
      if (!isOld && found?.kind === 'classes') setAnswer(found);
    });
    return () => {
      isOld = true;
    };
  }, [revision]);
  if (answer === undefined) return null;
  const head = (mode: 'single' | 'dual') => (
    <th scope="col" data-current={answer.current === mode}>
      {mode} {answer.current === mode && <span class="badge">{say('classes.current')}</span>}
    </th>
  );
  return (
    <section>
      <h2>{say('classes.title')}</h2>
      {answer.current === undefined ? (
        <p>{say('classes.none')}</p>
      ) : (
        <>
          <p class="hint">{say('classes.about')}</p>
          <table class="classes">
            <thead>
              <tr>
                <th scope="col">{say('classes.entry')}</th>
                {head('single')}
                {head('dual')}
              </tr>
            </thead>
            <tbody>
              {answer.rows.map(({ entry, single, dual }) => (
                <tr key={entry}>
                  <th scope="row">{TITLES[entry]}</th>
                  <ClassCell name={single} isCurrent={answer.current === 'single'} />
                  <ClassCell name={dual} isCurrent={answer.current === 'dual'} />
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function ClassCell({ name, isCurrent }: { readonly name: string | undefined; readonly isCurrent: boolean }) {
  const { say } = useLanguage();
  return (
    <td data-current={isCurrent}>
      {name === undefined ? <span class="hint">{say('entries.off')}</span> : <code>{name}</code>}
    </td>
  );
}

interface DnsRecord {
  readonly name: string;
  readonly type: string;
  readonly to: string;
}

function Records({ entries }: { readonly entries: Entries }) {
  const { say } = useLanguage();
  const { controlPlane, platform, workload } = entries;
  const gateways = [controlPlane, platform, workload].filter((entry) => entry !== undefined);
  const toGateway = (entry: Entry) =>
    say('dns.addresses', { gateway: `${entry.namespace}/${entry.gateway}` });
  const records: readonly DnsRecord[] = [
    {
      name: say('dns.controlPlanes'),
      type: 'A, AAAA',
      to: controlPlane === undefined ? say('dns.addressOfNodes') : toGateway(controlPlane),
    },
    ...(platform === undefined
      ? []
      : [{ name: platform.hostname ?? '', type: 'A, AAAA', to: toGateway(platform) }]),
    ...(workload === undefined
      ? []
      : [{ name: say('dns.workloads'), type: 'A, AAAA', to: toGateway(workload) }]),
  ];
  return (
    <section>
      <h2>{say('dns.title')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('dns.name')}</th>
            <th scope="col">{say('dns.type')}</th>
            <th scope="col">{say('dns.to')}</th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ name, type, to }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{type}</td>
              <td>{to}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {gateways.length > 0 && <Snippet title={say('dns.lookup')} text={gateways.map(lookup).join('\n')} />}
    </section>
  );
}

function lookup({ namespace, gateway }: Entry): string {
  return `kubectl -n ${namespace} get gateway ${gateway} -o jsonpath='{.status.addresses[*].value}'`;
}

/** A text to take along. */
export function Snippet({
  title,
  text,
  about,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly about?: string;
  readonly children?: preact.ComponentChildren;
}) {
  return (
    <div class="snippet">
      <div class="snippet-head">
        <h2>{title}</h2>
        {children}
        <CopyButton text={() => text} />
      </div>
      {about !== undefined && <p class="hint">{about}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it. */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
