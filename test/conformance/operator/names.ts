/** Names of the Gateways of the release of the stage. */
export const CHECKED_GATEWAYS = {
  controlPlane: 'kubebyon-kubebyon-control-plane-gateway',
  platform: 'kubebyon-kubebyon-platform-gateway',
  workload: 'kubebyon-kubebyon-workload-gateway',
} as const;
