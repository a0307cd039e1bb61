import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import type { KubeObject } from '../../test/conformance/support/api-client.ts';
import { type RunningProgram, startProgram } from '../../test/conformance/support/program.ts';
import { toolPath } from '../../test/conformance/support/tools.ts';
import { until } from '../../test/conformance/support/until.ts';
import { testCertificate } from '../../test/support/certificates.ts';
import { SYSTEM } from '../../test/support/worlds.ts';
import { DNS_ADDRESS } from './addresses.ts';
import { PREFIX } from './chart.ts';
import { systemProgram } from './command.ts';

/** The ClusterIssuer of the authority. */
export const ACME_ISSUER = 'lab-acme';

/** The authority signs nothing for this domain and what is below it. */
export const REFUSED_DOMAIN = 'refused.test';

const PORTS = { directory: 14_000, management: 15_000 } as const;

/** An authority that proves names as Let's Encrypt does: Pebble, with the DNS of the lab and the ports of entries. */
export interface Acme {
  readonly program: RunningProgram;
  /** The certificate by which the server itself is trusted, PEM. */
  readonly serverCertificate: string;
  /** The root of what it signs, PEM. */
  root(): Promise<string>;
  /** How many orders it has taken so far. */
  orders(): number;
  /** How many times it was asked to prove a name so far. */
  validations(name: string): number;
}

/** Starts the authority, and waits until it answers. It must be able to ask the DNS server. */
export async function startAcme(state: string): Promise<Acme> {
  const folder = join(state, 'acme');
  mkdirSync(folder);
  const { key, cert } = testCertificate(['127.0.0.1']);
  const files = { privateKey: join(folder, 'key.pem'), certificate: join(folder, 'cert.pem') };
  writeFileSync(files.privateKey, key, { mode: 0o600 });
  writeFileSync(files.certificate, cert);
  const config = join(folder, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      pebble: {
        ...files,
        listenAddress: `127.0.0.1:${PORTS.directory}`,
        managementListenAddress: `127.0.0.1:${PORTS.management}`,
        httpPort: 80,
        tlsPort: 443,
        keyAlgorithm: 'ecdsa',
        retryAfter: { authz: 1, order: 1 },
        domainBlocklist: [REFUSED_DOMAIN],
      },
    }),
  );
  const log = join(state, 'acme.log');
  // Names are proven at once, and each time anew. It refuses one nonce in twenty, as it does unless told otherwise.
  const variables = ['PEBBLE_VA_NOSLEEP=1', 'PEBBLE_AUTHZREUSE=0'];
  const words = [toolPath('pebble'), '-config', config, '-dnsserver', DNS_ADDRESS];
  const program = startProgram(systemProgram('env'), [...variables, ...words], log);
  const root = (): Promise<string> => get(`https://127.0.0.1:${PORTS.management}/roots/0`, cert);
  await until('pebble', state, [program], () =>
    root().then(
      () => true,
      () => false,
    ),
  );
  const count = (text: string): number => readFileSync(log, 'utf8').split(text).length - 1;
  return {
    ...{ program, root, serverCertificate: cert },
    orders: () => count('Added order '),
    validations: (name) => count(`Pulled a task from the Tasks queue: ${taskOf(name)}`),
  };
}

/** How the log names what is to be proven. */
function taskOf(name: string): string {
  return `&va.vaTask{Identifier:acme.Identifier{Type:"dns", Value:"${name}"}`;
}

/** The issuer, with the HTTP listener of the workload entry for the routes of its solver (docs/acme.md). */
export function acmeIssuer({ serverCertificate }: Acme): KubeObject {
  const parentRef = {
    name: `${PREFIX}-workload-gateway`,
    namespace: SYSTEM,
    sectionName: 'workload-http',
  };
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name: ACME_ISSUER },
    spec: {
      acme: {
        server: `https://127.0.0.1:${PORTS.directory}/dir`,
        caBundle: Buffer.from(serverCertificate).toString('base64'),
        privateKeySecretRef: { name: `${ACME_ISSUER}-account` },
        solvers: [{ http01: { gatewayHTTPRoute: { serviceType: 'ClusterIP', parentRefs: [parentRef] } } }],
      },
    },
  };
}

function get(url: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { ca, agent: false, timeout: 5_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(`${url}: ${response.statusCode}`)),
      );
    });
    asked.on('error', reject);
    asked.on('timeout', () => asked.destroy(new Error(`${url}: no answer`)));
    asked.end();
  });
}
