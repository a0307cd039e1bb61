import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IValidatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy';
import type { IValidatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding';
import type { ICustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinition';
import type { IDaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IService } from 'kubernetes-models/v1/Service';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';

/** The kind of the Prometheus operator, as far as it is used here. */
export interface ServiceMonitor {
  readonly apiVersion: 'monitoring.coreos.com/v1';
  readonly kind: 'ServiceMonitor';
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly endpoints: readonly { readonly port: string; readonly interval: string }[];
  };
}

/** The kinds of objects that the charts install. One that is missing here cannot be an object of a chart. */
export type ChartModel =
  | IClusterRole
  | IClusterRoleBinding
  | IConfigMap
  | ICustomResourceDefinition
  | IDaemonSet
  | IDeployment
  | IGateway
  | IHTTPRoute
  | INetworkPolicy
  | IPodDisruptionBudget
  | IRole
  | IRoleBinding
  | IService
  | IServiceAccount
  | IValidatingAdmissionPolicy
  | IValidatingAdmissionPolicyBinding
  | ServiceMonitor;

/** What Kubernetes lets an object leave out and every object of the charts has: its name, and what it asks for. */
export type Whole<A> = A extends { readonly metadata?: infer M }
  ? A & {
      metadata: NonNullable<M> & { name: string };
    } & (A extends { readonly spec?: infer S } ? { spec: NonNullable<S> } : unknown)
  : never;
