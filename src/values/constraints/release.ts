import { and, chart, concat, isEmpty, matches, not, or, release } from '../../template/index.ts';
import { values } from '../chart-definition.ts';
import { chartLabel } from '../names.ts';
import type { Constraint } from './constraint.ts';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';

/** What Helm itself accepts as the name of a release. */
const HELM_RELEASE_NAME = `^${LABEL}(\\.${LABEL})*$`;

/** What can begin the name of a Service (RFC 1035). */
const SERVICE_NAME_PREFIX = '^[a-z][-a-z0-9]*$';

/** A value of a label that is not empty. */
const LABEL_VALUE = '^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$';

/** What the release itself must be like. */
export const releaseConstraints: readonly Constraint[] = [
  {
    code: 'ReleaseNameUnfit',
    brokenWhen: or(not(matches(release.name, HELM_RELEASE_NAME)), not(matches(release.name, '^.{1,53}$'))),
    path: 'release.name',
    message: concat(
      'a release name has 1 to 53 lower-case letters, digits, dashes and dots, found ',
      release.name,
    ),
    hint: 'choose another release name',
  },
  {
    code: 'ReleaseNameUnfit',
    brokenWhen: and(
      matches(release.name, HELM_RELEASE_NAME),
      isEmpty(values.fullnameOverride),
      not(matches(release.name, SERVICE_NAME_PREFIX)),
    ),
    path: 'release.name',
    message: concat(
      'the release name begins the names of Services, which have no dots and begin with a letter, found ',
      release.name,
    ),
    hint: 'choose another release name, or set fullnameOverride',
  },
  {
    code: 'NamespaceUnfit',
    brokenWhen: not(matches(release.namespace, '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$')),
    path: 'release.namespace',
    message: concat(
      'a namespace has 1 to 63 lower-case letters, digits and dashes, found ',
      release.namespace,
    ),
    hint: 'choose another namespace',
  },
  {
    code: 'VersionUnfit',
    brokenWhen: not(matches(chartLabel, LABEL_VALUE)),
    path: 'chart.version',
    message: concat(
      'the label helm.sh/chart has at most 63 letters, digits, dashes, dots and underscores, found ',
      chartLabel,
    ),
    hint: 'choose a chart version without "+" and short enough to stand behind the name in a label',
  },
  {
    code: 'VersionUnfit',
    brokenWhen: not(matches(chart.appVersion, LABEL_VALUE)),
    path: 'chart.appVersion',
    message: concat(
      'an appVersion is a label and a tag of images, at most 63 letters, digits, dashes, dots and underscores, found ',
      chart.appVersion,
    ),
    hint: 'choose an appVersion without "+"',
  },
];
