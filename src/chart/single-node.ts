import { apiClusterRole } from './api-cluster-role.ts';
import { apiClusterRoleBinding } from './api-cluster-role-binding.ts';
import { apiControlPlaneRole } from './api-control-plane-role.ts';
import { apiControlPlaneRoleBinding } from './api-control-plane-role-binding.ts';
import { apiDeployment } from './api-deployment.ts';
import { apiPodDisruptionBudget } from './api-pod-disruption-budget.ts';
import { apiRole } from './api-role.ts';
import { apiRoleBinding } from './api-role-binding.ts';
import { apiRoutePlansRole } from './api-route-plans-role.ts';
import { apiRoutePlansRoleBinding } from './api-route-plans-role-binding.ts';
import { apiService } from './api-service.ts';
import { apiServiceAccount } from './api-service-account.ts';
import { apiWorkloadRole } from './api-workload-role.ts';
import { apiWorkloadRoleBinding } from './api-workload-role-binding.ts';
import type { ChartObject } from './chart-object.ts';
import { controlPlaneGateway } from './control-plane-gateway.ts';
import { edgeClusterDefinition } from './edge-cluster-definition.ts';
import { edgeControllerClusterRole } from './edge-controller-cluster-role.ts';
import { edgeControllerClusterRoleBinding } from './edge-controller-cluster-role-binding.ts';
import { edgeControllerControlPlaneRole } from './edge-controller-control-plane-role.ts';
import { edgeControllerControlPlaneRoleBinding } from './edge-controller-control-plane-role-binding.ts';
import { edgeControllerDeployment } from './edge-controller-deployment.ts';
import { edgeControllerNetworkPolicy } from './edge-controller-network-policy.ts';
import { edgeControllerPodDisruptionBudget } from './edge-controller-pod-disruption-budget.ts';
import { edgeControllerRole } from './edge-controller-role.ts';
import { edgeControllerRoleBinding } from './edge-controller-role-binding.ts';
import { edgeControllerRoutePlansRole } from './edge-controller-route-plans-role.ts';
import { edgeControllerRoutePlansRoleBinding } from './edge-controller-route-plans-role-binding.ts';
import { edgeControllerService } from './edge-controller-service.ts';
import { edgeControllerServiceAccount } from './edge-controller-service-account.ts';
import { edgeControllerServiceMonitor } from './edge-controller-service-monitor.ts';
import { edgeControllerWorkloadRole } from './edge-controller-workload-role.ts';
import { edgeControllerWorkloadRoleBinding } from './edge-controller-workload-role-binding.ts';
import { haproxyConfigMap } from './haproxy-config-map.ts';
import { platformApiRoute } from './platform-api-route.ts';
import { platformGateway } from './platform-gateway.ts';
import { platformRedirectRoute } from './platform-redirect-route.ts';
import { platformWebRoute } from './platform-web-route.ts';
import { routeAgentClusterRole } from './route-agent-cluster-role.ts';
import { routeAgentClusterRoleBinding } from './route-agent-cluster-role-binding.ts';
import { routeAgentDaemonSet } from './route-agent-daemon-set.ts';
import { routeAgentLeasePolicy } from './route-agent-lease-policy.ts';
import { routeAgentLeasePolicyBinding } from './route-agent-lease-policy-binding.ts';
import { routeAgentReportPolicy } from './route-agent-report-policy.ts';
import { routeAgentReportPolicyBinding } from './route-agent-report-policy-binding.ts';
import { routeAgentRole } from './route-agent-role.ts';
import { routeAgentRoleBinding } from './route-agent-role-binding.ts';
import { routeAgentServiceAccount } from './route-agent-service-account.ts';
import { routePlanDefinition } from './route-plan-definition.ts';
import { webDeployment } from './web-deployment.ts';
import { webPodDisruptionBudget } from './web-pod-disruption-budget.ts';
import { webService } from './web-service.ts';
import { webServiceAccount } from './web-service-account.ts';
import { workloadGateway } from './workload-gateway.ts';

/** The objects of the single-node chart. The order is that of the files; output is sorted by Helm's order of kinds. */
export const singleNodeObjects: readonly ChartObject[] = [
  apiClusterRoleBinding,
  apiClusterRole,
  apiControlPlaneRoleBinding,
  apiControlPlaneRole,
  apiDeployment,
  apiPodDisruptionBudget,
  apiRoleBinding,
  apiRole,
  apiRoutePlansRoleBinding,
  apiRoutePlansRole,
  apiServiceAccount,
  apiService,
  apiWorkloadRoleBinding,
  apiWorkloadRole,
  controlPlaneGateway,
  edgeClusterDefinition,
  edgeControllerClusterRole,
  edgeControllerClusterRoleBinding,
  edgeControllerControlPlaneRole,
  edgeControllerControlPlaneRoleBinding,
  edgeControllerDeployment,
  edgeControllerNetworkPolicy,
  edgeControllerPodDisruptionBudget,
  edgeControllerRole,
  edgeControllerRoleBinding,
  edgeControllerRoutePlansRole,
  edgeControllerRoutePlansRoleBinding,
  edgeControllerService,
  edgeControllerServiceAccount,
  edgeControllerServiceMonitor,
  edgeControllerWorkloadRole,
  edgeControllerWorkloadRoleBinding,
  haproxyConfigMap,
  platformApiRoute,
  platformGateway,
  platformRedirectRoute,
  platformWebRoute,
  routeAgentClusterRoleBinding,
  routeAgentClusterRole,
  routeAgentDaemonSet,
  routeAgentLeasePolicyBinding,
  routeAgentLeasePolicy,
  routeAgentReportPolicyBinding,
  routeAgentReportPolicy,
  routeAgentRoleBinding,
  routeAgentRole,
  routeAgentServiceAccount,
  routePlanDefinition,
  webDeployment,
  webPodDisruptionBudget,
  webServiceAccount,
  webService,
  workloadGateway,
];
