import type { PreflightRule } from './facts.ts';
import { addressesAvailable } from './rules/addresses-available.ts';
import { apiServerVersion } from './rules/api-server-version.ts';
import { certManagerInstalled } from './rules/cert-manager-installed.ts';
import { certManagerRunning } from './rules/cert-manager-running.ts';
import { certManagerVersion } from './rules/cert-manager-version.ts';
import { certificateCovers } from './rules/certificate-covers.ts';
import { certificateKey } from './rules/certificate-key.ts';
import { certificateReadable } from './rules/certificate-readable.ts';
import { certificateValid } from './rules/certificate-valid.ts';
import { definitionsCurrent } from './rules/definitions-current.ts';
import { gatewayApiChannel } from './rules/gateway-api-channel.ts';
import { gatewayApiInstalled } from './rules/gateway-api-installed.ts';
import { gatewayApiStored } from './rules/gateway-api-stored.ts';
import { gatewayApiVersion } from './rules/gateway-api-version.ts';
import { gatewayClassAccepted } from './rules/gateway-class-accepted.ts';
import { gatewayClassChange } from './rules/gateway-class-change.ts';
import { gatewayClassController } from './rules/gateway-class-controller.ts';
import { gatewayClassExists } from './rules/gateway-class-exists.ts';
import { gatewayClassFeatures } from './rules/gateway-class-features.ts';
import { gatewayControllerRunning } from './rules/gateway-controller-running.ts';
import { hostPortFree } from './rules/host-port-free.ts';
import { hostnameFree } from './rules/hostname-free.ts';
import { immutableClusterIP } from './rules/immutable-cluster-ip.ts';
import { immutableRoleRef } from './rules/immutable-role-ref.ts';
import { immutableSelector } from './rules/immutable-selector.ts';
import { issuerExists } from './rules/issuer-exists.ts';
import { issuerReady } from './rules/issuer-ready.ts';
import { issuerSolver } from './rules/issuer-solver.ts';
import { issuerWildcard } from './rules/issuer-wildcard.ts';
import { listenerSetInstalled } from './rules/listener-set-installed.ts';
import { listenersKept } from './rules/listeners-kept.ts';
import { mayGrant } from './rules/may-grant.ts';
import { mayWrite } from './rules/may-write.ts';
import { namespaceActive } from './rules/namespace-active.ts';
import { namespaceExists } from './rules/namespace-exists.ts';
import { newerFields } from './rules/newer-fields.ts';
import { nodesSelected } from './rules/nodes-selected.ts';
import { objectOwner } from './rules/object-owner.ts';
import { podSecurity } from './rules/pod-security.ts';
import { priorityClassExists } from './rules/priority-class-exists.ts';
import { releaseState } from './rules/release-state.ts';
import { safeUpgrades } from './rules/safe-upgrades.ts';
import { secretExists } from './rules/secret-exists.ts';
import { secretType } from './rules/secret-type.ts';
import { serviceAccountExists } from './rules/service-account-exists.ts';
import { serviceMonitorInstalled } from './rules/service-monitor-installed.ts';
import { tlsRouteInstalled } from './rules/tls-route-installed.ts';

/** Every check, in the order in which they are told. A new one is a file, and one line here. */
export const PREFLIGHT_RULES: readonly PreflightRule[] = [
  apiServerVersion,
  newerFields,
  gatewayApiInstalled,
  tlsRouteInstalled,
  listenerSetInstalled,
  gatewayApiVersion,
  gatewayApiChannel,
  gatewayApiStored,
  safeUpgrades,
  gatewayClassExists,
  gatewayClassAccepted,
  gatewayClassController,
  gatewayClassFeatures,
  gatewayControllerRunning,
  addressesAvailable,
  gatewayClassChange,
  listenersKept,
  hostnameFree,
  certManagerInstalled,
  certManagerVersion,
  certManagerRunning,
  issuerExists,
  issuerReady,
  issuerWildcard,
  issuerSolver,
  namespaceExists,
  namespaceActive,
  podSecurity,
  secretExists,
  secretType,
  certificateReadable,
  certificateCovers,
  certificateKey,
  certificateValid,
  definitionsCurrent,
  hostPortFree,
  immutableClusterIP,
  immutableRoleRef,
  immutableSelector,
  mayGrant,
  mayWrite,
  nodesSelected,
  objectOwner,
  priorityClassExists,
  releaseState,
  serviceAccountExists,
  serviceMonitorInstalled,
];
