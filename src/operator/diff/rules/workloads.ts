import { HAPROXY_CHECKSUM_ANNOTATION } from '../../../contract/labels.ts';
import { at, numberOf, textOf } from '../../../text/json.ts';
import { listed } from '../../../text/listed.ts';
import type { Pair } from '../pairs.ts';
import { type DiffRule, fieldsAt, isAt } from '../rule.ts';

const TEMPLATE = 'spec.template';
const WORKLOADS = ['Deployment', 'DaemonSet', 'StatefulSet'] as const;

/** Why Pods are replaced, in the words of the fields behind the template. */
function reasonsOf(pair: Pair): string {
  const paths = fieldsAt(pair, TEMPLATE).map(({ path }) => path.slice(TEMPLATE.length + 1));
  return listed(paths.map((path) => path.replace(/^(spec|metadata)\.|\.value$/g, '')));
}

function isKept({ before, after }: Pair): boolean {
  return before !== undefined && after !== undefined;
}

/** Whether the Pods of an object are replaced by themselves. */
function replacesPods(pair: Pair): boolean {
  const isByHand = textOf(at(pair.after, 'spec', 'updateStrategy', 'type')) === 'OnDelete';
  return isKept(pair) && !isByHand && fieldsAt(pair, TEMPLATE).length > 0;
}

/** Pods are gone before new ones come: by the strategy, or because one Node has one port once. */
function isStoppedFirst({ kind, after }: Pair): boolean {
  return kind === 'Deployment' && textOf(at(after, 'spec', 'strategy', 'type')) === 'Recreate';
}

const podsRestart: DiffRule = {
  name: 'PodsRestart',
  says: 'The template of Pods changes, so all Pods of the object are replaced, some at a time.',
  source: 'Kubernetes, Deployments: a rollout is triggered if and only if .spec.template changes',
  weight: 'notice',
  next: 'watch it with kubectl rollout status',
  find: (changes) =>
    changes
      .ofKind(...WORKLOADS)
      .filter((pair) => replacesPods(pair) && !isStoppedFirst(pair))
      .map((pair) => ({
        object: pair.object,
        message: `its Pods are replaced because of ${reasonsOf(pair)}`,
      })),
};

const podsRestartByHand: DiffRule = {
  name: 'PodsRestartByHand',
  says: 'The template of Pods changes under updateStrategy OnDelete, so running Pods stay as they are until they are deleted.',
  source: 'Kubernetes, DaemonSet: OnDelete',
  weight: 'risk',
  next: 'delete its Pods one by one after the upgrade',
  find: (changes) =>
    changes
      .ofKind('DaemonSet', 'StatefulSet')
      .filter((pair) => isKept(pair) && !replacesPods(pair) && fieldsAt(pair, TEMPLATE).length > 0)
      .map(({ object }) => ({ object, message: 'its Pods stay as they are until they are deleted' })),
};

const podsStop: DiffRule = {
  name: 'PodsStop',
  says: 'The template of Pods changes under strategy Recreate: all Pods end before the first new one starts.',
  source: 'Kubernetes, Deployments: Recreate',
  weight: 'outage',
  next: 'plan a maintenance window, or set the strategy to RollingUpdate first',
  find: (changes) =>
    changes
      .ofKind('Deployment')
      .filter((pair) => replacesPods(pair) && isStoppedFirst(pair))
      .map((pair) => ({
        object: pair.object,
        message: `nothing of it answers between the end of its old Pods and the start of new ones, because of ${reasonsOf(pair)}`,
      })),
};

const configReread: DiffRule = {
  name: 'ConfigReread',
  says: 'The checksum of a configuration in the annotations of Pods changes, so that Pods start anew with the new one.',
  source: 'Helm, Chart Development Tips: automatically roll Deployments',
  weight: 'notice',
  next: 'compare the ConfigMap of the same name',
  find: (changes) =>
    changes
      .ofKind(...WORKLOADS)
      .filter(
        (pair) =>
          isKept(pair) &&
          pair.fields.some(({ path }) => path.includes(`annotations['${HAPROXY_CHECKSUM_ANNOTATION}']`)),
      )
      .map(({ object }) => ({ object, message: 'its Pods start with another script of haproxy' })),
};

const hostNetwork: DiffRule = {
  name: 'HostNetworkChanged',
  says: 'Pods move to or from the network of their Node: ports of the Node are taken or given back, and addresses change.',
  source: 'Kubernetes, Pods: hostNetwork',
  weight: 'outage',
  next: 'see that the ports are free on every Node that may run it, and that firewalls allow them',
  find: (changes) =>
    changes
      .ofKind(...WORKLOADS)
      .filter((pair) => isKept(pair) && fieldsAt(pair, 'spec.template.spec.hostNetwork').length > 0)
      .map((pair) => ({
        object: pair.object,
        message:
          at(pair.after, 'spec', 'template', 'spec', 'hostNetwork') === true
            ? 'its ports are ports of the Node from now on'
            : 'its ports are ports of the Node no longer',
      })),
};

const noReplicas: DiffRule = {
  name: 'NoReplicas',
  says: 'An object is left without Pods.',
  source: 'Kubernetes, Deployments: replicas',
  weight: 'outage',
  next: 'set replicas to one at least',
  find: (changes) =>
    changes
      .ofKind('Deployment', 'StatefulSet')
      .filter((pair) => isKept(pair) && fieldsAt(pair, 'spec.replicas').length > 0)
      .filter(({ after }) => numberOf(at(after, 'spec', 'replicas')) === 0)
      .map(({ object }) => ({ object, message: 'no Pod of it runs any more' })),
};

const workloadGone: DiffRule = {
  name: 'WorkloadGone',
  says: 'A Deployment or DaemonSet is removed, and its Pods with it.',
  source: 'Kubernetes, Garbage Collection: owners and dependents',
  weight: 'outage',
  next: 'see that nothing needs it any more, or leave its value as it is',
  find: (changes) =>
    changes
      .ofKind(...WORKLOADS)
      .filter(({ after }) => after === undefined)
      .map(({ object }) => ({ object, message: 'it goes with all its Pods' })),
};

const accountChanged: DiffRule = {
  name: 'AccountChanged',
  says: 'Pods run as another ServiceAccount, with what that one may do.',
  source: 'Kubernetes, Service Accounts',
  weight: 'risk',
  next: 'see that the account exists and has the Roles that docs/runtime.md lists',
  find: (changes) =>
    changes
      .ofKind(...WORKLOADS)
      .filter((pair) => isKept(pair) && fieldsAt(pair, 'spec.template.spec.serviceAccountName').length > 0)
      .map(({ object, after }) => ({
        object,
        message: `its Pods run as ${String(at(after, 'spec', 'template', 'spec', 'serviceAccountName') ?? 'default')}`,
      })),
};

const securityLoosened: DiffRule = {
  name: 'SecurityChanged',
  says: 'What a container may do on its Node changes: capabilities, privileges, the user it runs as, or host paths.',
  source: 'Kubernetes, Pod Security Standards',
  weight: 'risk',
  next: 'compare with the Pod Security level of the namespace',
  find: (changes) =>
    changes
      .ofKind(...WORKLOADS)
      .filter(isKept)
      .flatMap((pair) => {
        const paths = pair.fields
          .filter(
            (field) =>
              isAt(field, TEMPLATE) && /\.(securityContext|hostPID|hostIPC|hostPath)\b/.test(field.path),
          )
          .map(({ path }) => path.slice(TEMPLATE.length + 1));
        return paths.length === 0 ? [] : [{ object: pair.object, message: `another ${listed(paths)}` }];
      }),
};

export const WORKLOAD_RULES: readonly DiffRule[] = [
  podsStop,
  noReplicas,
  workloadGone,
  hostNetwork,
  podsRestartByHand,
  podsRestart,
  configReread,
  accountChanged,
  securityLoosened,
];
