import { failed, ok, type Said } from '../../checks/check.ts';
import { all } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { placeName } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { gatewayConfig, wantedIssuers } from '../wanted.ts';

export const issuerExists: PreflightRule = {
  code: 'IssuerExists',
  looksAt:
    'Each issuer of the values is there: a ClusterIssuer, or an Issuer in the namespace of the workload Gateway.',
  replaces: ['kubectl get clusterissuer,issuer -A'],
  next: 'create it, or correct gatewayAPI.workload.certManager.issuerRef; the chart makes no issuer',
  check: (facts) =>
    wantedIssuers(facts.wanted).flatMap(({ kind, name, namespace }) => {
      const object = placeName(kind, namespace, name);
      const here = gatewayConfig(facts.wanted)?.workload?.gateway.namespace ?? '';
      const place = kind === 'ClusterIssuer' ? all(facts, 'ClusterIssuer') : all(facts, 'Issuer', namespace);
      return ifSeen(place, object, (issuers): readonly Said[] => {
        if (issuers.some(({ metadata }) => metadata.name === name)) return [ok(object, 'it is there')];
        const other = kind === 'ClusterIssuer' ? all(facts, 'Issuer', here) : all(facts, 'ClusterIssuer');
        const isOther = other.seen && other.value.some(({ metadata }) => metadata.name === name);
        const otherKind = kind === 'ClusterIssuer' ? 'Issuer' : 'ClusterIssuer';
        return [
          isOther
            ? failed(
                object,
                `a ${kind}`,
                `a ${otherKind} of this name`,
                `set kind: ${otherKind} in its issuerRef`,
              )
            : failed(object, `a ${kind}`, 'none'),
        ];
      });
    }),
};
