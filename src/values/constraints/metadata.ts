import { HAPROXY_CHECKSUM_ANNOTATION } from '../../contract/labels.ts';
import { type Expr, someKeyMatches } from '../../template/index.ts';
import { values } from '../chart-definition.ts';
import type { Constraint } from './constraint.ts';

const { api, commonAnnotations, commonLabels, edgeController, gatewayAPI, routeAgent, web } = values;
const { platform, workload } = gatewayAPI;

/** Keys that decide what an object is to Helm, or that the chart and the runtime find their objects by. */
const RESERVED_LABELS =
  '^(app\\.kubernetes\\.io/(name|instance|component|version|managed-by)$|helm\\.sh/|meta\\.helm\\.sh/|kubebyon\\.app/)';
const RESERVED_ANNOTATIONS = '^(helm\\.sh/|meta\\.helm\\.sh/|kubebyon\\.app/)';

const labelMaps: readonly (readonly [string, Expr<object>])[] = [
  ['commonLabels', commonLabels],
  ['gatewayAPI.labels', gatewayAPI.labels],
  ['gatewayAPI.platform.labels', platform.labels],
  ['gatewayAPI.workload.labels', workload.labels],
  ['api.podLabels', api.podLabels],
  ['web.podLabels', web.podLabels],
  ['edgeController.podLabels', edgeController.podLabels],
  ['edgeController.serviceMonitor.labels', edgeController.serviceMonitor.labels],
  ['routeAgent.podLabels', routeAgent.podLabels],
];

const annotationMaps: readonly (readonly [string, Expr<object>])[] = [
  ['commonAnnotations', commonAnnotations],
  ['gatewayAPI.annotations', gatewayAPI.annotations],
  ['gatewayAPI.platform.annotations', platform.annotations],
  ['gatewayAPI.workload.annotations', workload.annotations],
  ['api.service.annotations', api.service.annotations],
  ['api.podAnnotations', api.podAnnotations],
  ['api.serviceAccount.annotations', api.serviceAccount.annotations],
  ['web.service.annotations', web.service.annotations],
  ['web.podAnnotations', web.podAnnotations],
  ['web.serviceAccount.annotations', web.serviceAccount.annotations],
  ['edgeController.podAnnotations', edgeController.podAnnotations],
  ['edgeController.serviceAccount.annotations', edgeController.serviceAccount.annotations],
  ['routeAgent.podAnnotations', routeAgent.podAnnotations],
  ['routeAgent.serviceAccount.annotations', routeAgent.serviceAccount.annotations],
];

/** Keys that no map of labels or annotations may hold. */
export const metadataConstraints: readonly Constraint[] = [
  ...labelMaps.map(([path, map]) => reservedLabel(path, map)),
  ...annotationMaps.map(([path, map]) => reservedAnnotation(path, map)),
  {
    code: 'ReservedKey',
    brokenWhen: someKeyMatches(api.podAnnotations, `^${HAPROXY_CHECKSUM_ANNOTATION}$`),
    path: 'api.podAnnotations',
    message: `the chart sets the annotation ${HAPROXY_CHECKSUM_ANNOTATION} itself`,
    hint: 'remove the key, or choose another one',
  },
];

/** No label map may repeat a label of the chart. */
export function reservedLabel(path: string, map: Expr<object>): Constraint {
  return {
    code: 'ReservedLabel',
    brokenWhen: someKeyMatches(map, RESERVED_LABELS),
    path,
    message: 'a label repeats one that the chart sets itself, or one of helm.sh/ or kubebyon.app/',
    hint: 'choose another key; app.kubernetes.io/part-of and keys of your own domain are free',
  };
}

/** No annotation map may hold an annotation that means something to Helm. */
export function reservedAnnotation(path: string, map: Expr<object>): Constraint {
  return {
    code: 'ReservedAnnotation',
    brokenWhen: someKeyMatches(map, RESERVED_ANNOTATIONS),
    path,
    message:
      'an annotation of helm.sh/, meta.helm.sh/ or kubebyon.app/ would change what the object is to Helm or to the runtime',
    hint: 'choose another key',
  };
}
