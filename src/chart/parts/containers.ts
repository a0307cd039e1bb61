import type { IContainerPort } from 'kubernetes-models/v1/ContainerPort';
import { type Expr, spread, type Template, when } from '../../template/index.ts';
import type { PodValues } from './pod.ts';

/** Scratch space, because the root file system of every container is read-only by default. */
export const temporaryVolume = { name: 'tmp', emptyDir: {} };
export const temporaryMount = { name: 'tmp', mountPath: '/tmp' };

/** What the values add to the lists of a Pod. */
export function additions(pod: PodValues) {
  return {
    env: spread(pod.extraEnv),
    volumes: spread(pod.extraVolumes),
    volumeMounts: spread(pod.extraVolumeMounts),
    containers: spread(pod.extraContainers),
  };
}

/**
 * A port of a container. On the network of the Node it is a port of the Node too; the API server fills that in, and it
 * would stay when the Pod gets its own network, because a server-side apply (Helm 4) takes away only what it has written.
 */
export function containerPort(
  name: string,
  port: number | Expr<number>,
  hostNetwork: Expr<boolean>,
): Template<IContainerPort> {
  return { name, containerPort: port, hostPort: when(hostNetwork, port), protocol: 'TCP' };
}
