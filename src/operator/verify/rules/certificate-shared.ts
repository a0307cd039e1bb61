import { get, textOf } from '../../../planner/world/json.ts';
import { ok, type Said, warned } from '../../checks/check.ts';
import { all } from '../../checks/facts.ts';
import { placeName } from '../../checks/object-name.ts';
import { ourCertificates } from '../certificates.ts';
import { runtimeConfig, runtimeObjects, type VerifyRule } from '../facts.ts';

export const certificateShared: VerifyRule = {
  code: 'SharedCertificate',
  looksAt:
    'With certManager.enabled, and once there are clusters, the shared Certificate is there and writes the Secret of gatewayAPI.workload.tls.secretName.',
  replaces: ['kubectl -n <workload-gateway-namespace> get certificate'],
  next: 'see that the controller runs and what it says: kubebyon-gateway sync --dry-run',
  check: (facts): readonly Said[] => {
    const workload = runtimeConfig(facts)?.workload;
    const tls = workload?.tls;
    if (
      workload === undefined ||
      tls?.certManager !== true ||
      runtimeObjects(all(facts, 'HTTPRoute')).length === 0
    )
      return [];
    const certificates = all(facts, 'Certificate', workload.gateway.namespace);
    if (!certificates.seen) return [];
    const object = placeName('Certificate', workload.gateway.namespace, tls.secretName);
    const found = ourCertificates(facts).find(
      ({ spec }) => textOf(get(spec, 'secretName')) === tls.secretName,
    );
    return [
      found === undefined
        ? warned(object, `a Certificate for Secret ${tls.secretName}`, 'none')
        : ok(object, 'it is there'),
    ];
  },
};
