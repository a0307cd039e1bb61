import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { when } from '../template/index.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { SEED_CONFIG } from './haproxy/seed-config.ts';
import { START_SCRIPT } from './haproxy/start-script.ts';
import { usesHaproxy } from './parts/conditions.ts';
import { namespacedMetadata } from './parts/metadata.ts';

/** The script that runs haproxy and the configuration that it starts with (runbook section 5.1). */
export const haproxyConfigMap = chartObject<IConfigMap>(
  'haproxy-config-map',
  when(usesHaproxy, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: namespacedMetadata(names.haproxy, 'api'),
    data: { 'start-haproxy.sh': START_SCRIPT, 'haproxy.cfg': SEED_CONFIG },
  }),
);
