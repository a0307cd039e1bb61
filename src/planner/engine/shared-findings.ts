import type { SharedSteps } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import { usesSharedListener } from '../https/index.ts';

/** What is wrong with what all clusters share. */
export function sharedFindings(shared: SharedSteps): readonly Finding[] {
  const { inventoryComplete, host, workload, baseDomain, memoryProblem } = shared;
  const findings: Finding[] = [];
  if (!inventoryComplete) findings.push(finding('InventoryIncomplete', null, 'nothing is withdrawn'));
  if (!host.complete) findings.push(finding('HostIncomplete', null, 'nothing is withdrawn'));
  if (memoryProblem !== undefined) findings.push(finding('MemoryUnreadable', null, memoryProblem));
  findings.push(...shared.gatewayFindings);
  const tls = workload?.tls;
  if (workload === undefined || tls === undefined || !usesSharedListener({ shared })) return findings;
  if (baseDomain === undefined)
    findings.push(finding('BaseDomainMissing', null, 'there is no shared HTTPS listener'));
  const secret = shared.store.secret(tls.secretName);
  if (!tls.certManager && secret === undefined && host.complete) {
    findings.push(
      finding(
        'TlsSecretMissing',
        null,
        `Secret ${workload.gateway.namespace}/${tls.secretName} does not exist`,
      ),
    );
  }
  for (const problem of shared.sharedCertificates.problems)
    findings.push(finding('SecretUnusable', null, problem));
  return findings;
}
