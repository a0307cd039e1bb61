import { and, concat, eq, isEmpty, not } from '../../template/index.ts';
import { values } from '../chart-definition.ts';
import type { Constraint } from './constraint.ts';

const { certManager, tls } = values.gatewayAPI.workload;
const { selfManaged } = certManager;

/** What certificates need (runbook section 4.7). */
export const certificateConstraints: readonly Constraint[] = [
  {
    code: 'CertManagerNeedsTls',
    brokenWhen: and(certManager.enabled, not(tls.enabled)),
    path: 'gatewayAPI.workload.certManager.enabled',
    message: 'shared certificates need HTTPS on the workload Gateway, which is off',
    hint: 'set gatewayAPI.workload.tls.enabled=true, or gatewayAPI.workload.certManager.enabled=false',
  },
  {
    code: 'CertManagerIssuerRequired',
    brokenWhen: and(certManager.enabled, isEmpty(certManager.issuerRef.name)),
    path: 'gatewayAPI.workload.certManager.issuerRef.name',
    message: 'shared certificates need an issuer, found none',
    hint: 'set gatewayAPI.workload.certManager.issuerRef.name to an Issuer or ClusterIssuer',
  },
  {
    code: 'SelfManagedNeedsTls',
    brokenWhen: and(selfManaged.enabled, not(tls.enabled)),
    path: 'gatewayAPI.workload.certManager.selfManaged.enabled',
    message: "certificates for customers' hostnames need HTTPS on the workload Gateway, which is off",
    hint: 'set gatewayAPI.workload.tls.enabled=true, or gatewayAPI.workload.certManager.selfManaged.enabled=false',
  },
  {
    code: 'SelfManagedIssuerRequired',
    brokenWhen: and(
      selfManaged.enabled,
      isEmpty(certManager.issuerRef.name),
      isEmpty(selfManaged.issuerRef.name),
    ),
    path: 'gatewayAPI.workload.certManager.selfManaged.issuerRef.name',
    message: "certificates for customers' hostnames need an issuer, found none",
    hint: 'set certManager.selfManaged.issuerRef.name, or certManager.issuerRef.name for both kinds of certificates',
  },
  issuerKind('gatewayAPI.workload.certManager.issuerRef.kind', certManager.issuerRef),
  issuerKind('gatewayAPI.workload.certManager.selfManaged.issuerRef.kind', selfManaged.issuerRef),
];

function issuerKind(path: string, issuerRef: typeof certManager.issuerRef): Constraint {
  return {
    code: 'IssuerKindUnknown',
    brokenWhen: and(
      eq(issuerRef.group, 'cert-manager.io'),
      not(eq(issuerRef.kind, 'Issuer')),
      not(eq(issuerRef.kind, 'ClusterIssuer')),
    ),
    path,
    message: concat(
      'the group cert-manager.io has the kinds Issuer and ClusterIssuer, found ',
      issuerRef.kind,
    ),
    hint: 'set kind to Issuer or ClusterIssuer, or group to the group of another issuer',
  };
}
