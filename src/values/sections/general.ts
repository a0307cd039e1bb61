import { choice, flag, group, openGroup, text } from '../definition.ts';
import { IMAGE_REGISTRY, orEmpty, SERVICE_NAME } from '../grammar.ts';
import { image } from './image.ts';
import { annotations, imagePullSecrets, labels } from './metadata.ts';

/** Keys that concern the release as a whole. */
export const general = {
  enabled: flag(
    true,
    'Read by a parent chart only, as "condition: <this chart>.enabled" of its dependency; a release of its own pays no heed to it.',
  ),
  nameOverride: text(
    '',
    orEmpty({ ...SERVICE_NAME, maxLength: 40 }),
    'Shown instead of the chart name in the notes and in the label helm.sh/chart. Names of objects do not depend on it.',
  ),
  fullnameOverride: text(
    '',
    orEmpty(SERVICE_NAME),
    'Replaces <release>-kubebyon, the base of every default name. Changing it renames Gateways and so can change public addresses.',
  ),
  commonLabels: labels('Labels of every object.'),
  commonAnnotations: annotations('Annotations of every object.'),
  imagePullSecrets: imagePullSecrets('Secrets with credentials of image registries, for every Pod.'),
  rbac: group('Permissions.', {
    create: flag(true, 'Whether Roles and bindings are made by the chart.'),
  }),
  crds: group('Definitions of own kinds.', {
    install: flag(
      true,
      'Whether the definitions of RoutePlan and EdgeCluster are installed, whatever is enabled. They are kept when the release is uninstalled.',
    ),
  }),
  tests: group('The Pod of "helm test".', { image: image('curlimages/curl', '8.16.0') }),
  publicAccess: group('Public access to the platform.', {
    provider: choice(
      ['haproxy', 'gatewayapi'],
      'haproxy',
      'What opens the control planes to the outside: a haproxy sidecar in the API Pod, or Gateway API.',
    ),
  }),
};

/** Keys that a parent chart shares with all its subcharts. */
export const global = openGroup('Keys that a parent chart shares with all its subcharts.', {
  imageRegistry: text('', orEmpty(IMAGE_REGISTRY), 'Put before the repository of every image.'),
  imagePullSecrets: imagePullSecrets(
    'Secrets with credentials of image registries, for every Pod, where imagePullSecrets is empty.',
  ),
});
