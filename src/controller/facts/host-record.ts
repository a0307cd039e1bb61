import type { Host, HostNode, KubeObject } from '../../planner/world/world.ts';
import { isOfTheHost, protectedCIDRsOf } from './protected.ts';

/** What the host says beside its objects. */
export type HostRecord = Omit<Host, 'objects'>;

/** Networks as whoever runs the controller knows them. */
export interface HostNetworks {
  /** Networks that no tenant may name, beside those that are found. */
  readonly protectedCIDRs: readonly string[];
  /** See {@link Host.nodeCIDRs}. */
  readonly nodeCIDRs?: readonly string[];
}

/** Nodes and Services of the host, from which the record is made. */
export interface HostParts {
  takeNode(name: string, node: HostNode | null): void;
  /** An object that may say something about the host's own networks. */
  takeObject(key: string, object: KubeObject | null): void;
  record(known: { readonly complete: boolean; readonly apis: readonly string[] | undefined }): HostRecord;
}

export function createHostParts({ protectedCIDRs, nodeCIDRs }: HostNetworks): HostParts {
  const nodes = new Map<string, HostNode>();
  const services = new Map<string, KubeObject>();
  return {
    takeNode: (name, node) => {
      if (node === null) nodes.delete(name);
      else nodes.set(name, node);
    },
    takeObject: (key, object) => {
      if (object === null) services.delete(key);
      else if (isOfTheHost(object)) services.set(key, object);
    },
    record: ({ complete, apis }) => ({
      complete,
      nodes: [...nodes.values()],
      protectedCIDRs: [...protectedCIDRs, ...protectedCIDRsOf(services.values())],
      ...(apis === undefined ? {} : { apis }),
      ...(nodeCIDRs === undefined ? {} : { nodeCIDRs }),
    }),
  };
}
