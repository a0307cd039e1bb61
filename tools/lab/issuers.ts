import { startCertManager } from '../../test/conformance/support/cert-manager.ts';
import type { Cluster } from '../../test/conformance/support/cluster.ts';
import type { RunningProgram } from '../../test/conformance/support/program.ts';
import { dig, digList, digText } from '../../test/support/rules/dig.ts';
import { applyAs } from './access.ts';
import { ACME_ISSUER, type Acme, acmeIssuer } from './acme.ts';
import { DNS_ADDRESS } from './addresses.ts';
import { writeController } from './controllers.ts';
import { waitUntil } from './wait.ts';

/** ClusterIssuers of the lab, each with an authority of its own. */
export const ISSUERS = ['lab-ca', 'lab-other-ca'] as const;

/** Where cert-manager is. */
export const CERT_MANAGER_NAMESPACE = 'cert-manager';
const SELF_SIGNED = 'self-signed';

/** Starts cert-manager with {@link ISSUERS} and {@link ACME_ISSUER}, and waits until they can sign. */
export async function startIssuers(host: Cluster, acme: Acme): Promise<RunningProgram> {
  const flags = ['-gateway-api', `-acme-http01-solver-nameservers=${DNS_ADDRESS}`];
  const program = await startCertManager(host, SELF_SIGNED, flags);
  await applyAs(host, 'operator', acmeIssuer(acme));
  await writeController(host, {
    namespace: CERT_MANAGER_NAMESPACE,
    name: 'cert-manager',
    label: 'cert-manager',
  });
  for (const name of ISSUERS) {
    const metadata = { name, namespace: CERT_MANAGER_NAMESPACE };
    const objects = [
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata,
        spec: {
          ...{ isCA: true, commonName: name, secretName: name },
          privateKey: { algorithm: 'ECDSA', size: 256 },
          issuerRef: { name: SELF_SIGNED, kind: 'ClusterIssuer', group: 'cert-manager.io' },
        },
      },
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'ClusterIssuer',
        metadata: { name },
        spec: { ca: { secretName: name } },
      },
    ];
    for (const object of objects) await applyAs(host, 'operator', object);
    await waitUntil(`the authority of ${name}`, async () => (await authorityOf(host, name)) !== undefined);
  }
  await waitUntil('the account at the ACME authority', () => isReady(host, ACME_ISSUER));
  return program;
}

async function isReady(host: Cluster, issuer: string): Promise<boolean> {
  const answer = await host.api.get({
    ...{ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer' },
    metadata: { name: issuer },
  });
  const conditions = answer.ok ? digList(answer.object, 'status', 'conditions') : [];
  return conditions.some((one) => dig(one, 'type') === 'Ready' && dig(one, 'status') === 'True');
}

/** The certificate of an issuer, PEM; undefined while there is none. */
export async function authorityOf(host: Cluster, issuer: string): Promise<string | undefined> {
  const answer = await host.api.get({
    ...{ apiVersion: 'v1', kind: 'Secret' },
    metadata: { name: issuer, namespace: CERT_MANAGER_NAMESPACE },
  });
  if (!answer.ok) return undefined;
  const text = Buffer.from(digText(answer.object, 'data', 'tls.crt'), 'base64').toString();
  return text === '' ? undefined : text;
}
