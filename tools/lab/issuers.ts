import { startCertManager } from '../../test/conformance/support/cert-manager.ts';
import type { Cluster } from '../../test/conformance/support/cluster.ts';
import type { RunningProgram } from '../../test/conformance/support/program.ts';
import { digText } from '../../test/support/rules/dig.ts';
import { applyAs } from './access.ts';
import { writeController } from './controllers.ts';
import { waitUntil } from './wait.ts';

/** ClusterIssuers of the lab, each with an authority of its own. */
export const ISSUERS = ['lab-ca', 'lab-other-ca'] as const;

/** Where cert-manager is. */
export const CERT_MANAGER_NAMESPACE = 'cert-manager';
const SELF_SIGNED = 'self-signed';

/** Starts cert-manager with {@link ISSUERS}, and waits until they can sign. */
export async function startIssuers(host: Cluster): Promise<RunningProgram> {
  const program = await startCertManager(host, SELF_SIGNED);
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
  return program;
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
