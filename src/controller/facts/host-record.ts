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

/** What is known of the host beside objects. */
export interface HostKnown {
  readonly complete: boolean;
  readonly apis: readonly string[] | undefined;
}

/** Nodes and Services of the host, from which the record is made. */
export interface HostParts {
  takeNode(name: string, node: HostNode | null): void;
  /** An object that may say something about the host's own networks. */
  takeObject(key: string, object: KubeObject | null): void;
  /** The same object as long as nothing of it may be another one. */
  record(known: HostKnown): HostRecord;
}

export function createHostParts({ protectedCIDRs, nodeCIDRs }: HostNetworks): HostParts {
  const nodes = new Map<string, HostNode>();
  const services = new Map<string, KubeObject>();
  let last: { readonly known: HostKnown; readonly record: HostRecord } | undefined;
  const recordOf = ({ complete, apis }: HostKnown): HostRecord => ({
    complete,
    nodes: [...nodes.values()],
    protectedCIDRs: [...protectedCIDRs, ...protectedCIDRsOf(services.values())],
    ...(apis === undefined ? {} : { apis }),
    ...(nodeCIDRs === undefined ? {} : { nodeCIDRs }),
  });
  return {
    takeNode: (name, node) => {
      last = undefined;
      if (node === null) nodes.delete(name);
      else nodes.set(name, node);
    },
    takeObject: (key, object) => {
      const isOwn = object !== null && isOfTheHost(object);
      if (!isOwn && !services.has(key)) return;
      last = undefined;
      if (isOwn) services.set(key, object);
      else services.delete(key);
    },
    record: (known) => {
      const isSame = last?.known.complete === known.complete && last.known.apis === known.apis;
      if (last === undefined || !isSame) last = { known, record: recordOf(known) };
      return last.record;
    },
  };
}
