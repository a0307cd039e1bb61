import type { RuntimeConfig } from '../../src/contract/runtime-config.ts';
import {
  type Controller,
  type ControllerState,
  createController,
  dnsClient,
  edgeClusterInventory,
  systemClock,
} from '../../src/controller/index.ts';
import { nodeTransport } from '../../src/kube/requests/node-transport.ts';
import type { MakeTransport } from '../../src/kube/requests/transports.ts';
import type { Action, Planned } from '../../src/planner/index.ts';
import { BASE } from '../../test/support/worlds.ts';
import { credentialsOf, type HostAddress } from './host.ts';

export interface RunningOptions {
  readonly host: HostAddress;
  readonly config: RuntimeConfig;
  readonly tenantsPort: number;
  readonly dnsPort: number;
  /** Hears the end of each write that a plan asked for, and whether it was done. */
  readonly onWritten: (action: Action, isDone: boolean) => void;
  readonly onPlanned: (planned: Planned) => void;
}

/** A controller as `sync` runs it, with everything that it has written counted. */
export interface Running {
  readonly controller: Controller;
  state(): ControllerState;
  /** Writes that were sent to the host, statuses and Events included. */
  writes(): number;
  /** Waits until the state is one; throws when that is not reached in time. */
  until(what: string, holds: (state: ControllerState) => boolean, milliseconds: number): Promise<void>;
}

/** The API servers of all tenants are one stand-in: whoever asks for the Service of a tenant is led there. */
const TENANT = /^https:\/\/vc\.vc-/;

export function run(options: RunningOptions): Running {
  const { host, config, tenantsPort, dnsPort } = options;
  let writes = 0;
  const makeTransport: MakeTransport = (server, identity) => {
    const isTenant = TENANT.test(server);
    const transport = nodeTransport(isTenant ? `https://127.0.0.1:${tenantsPort}` : server, identity);
    return {
      close: transport.close,
      send: (request) => {
        if (!isTenant && request.method !== 'GET') writes += 1;
        return transport.send(request);
      },
    };
  };
  const fail = (error: unknown): never => {
    throw error;
  };
  const controller = createController({
    host: credentialsOf(host),
    config,
    makeTransport,
    inventory: edgeClusterInventory({
      clock: systemClock,
      instance: 'bench',
      baseDomain: BASE,
      onTrouble: ({ at, message }) => console.error(`${at}: ${message}`),
    }),
    // Two, as everywhere; they are one here.
    dns: [`127.0.0.1:${dnsPort}`, `127.0.0.1:${dnsPort}`].map(dnsClient),
    handler: {
      onFault: fail,
      onPlanned: options.onPlanned,
      onWritten: (action, verdict) => {
        if (verdict.kind === 'refused') console.error(`${action.id}: ${verdict.failure.message}`);
        options.onWritten(action, verdict.kind === 'done');
      },
    },
  });
  return {
    controller,
    state: controller.state,
    writes: () => writes,
    until: async (what, holds, milliseconds) => {
      const deadline = performance.now() + milliseconds;
      let tellAt = performance.now() + PROGRESS_MS;
      while (!holds(controller.state())) {
        if (performance.now() > tellAt) {
          console.error(`    ${what}: waits; ${said(controller.state())}`);
          tellAt += PROGRESS_MS;
        }
        if (performance.now() > deadline)
          throw new Error(`${what}: not within ${milliseconds} ms; ${said(controller.state())}`);
        await pause(5);
      }
    },
  };
}

/** Whoever looks on sees that it goes on. */
const PROGRESS_MS = 30_000;

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function said({
  host,
  tenants,
  inventory,
  unansweredNames,
  plan,
  left,
  refusals,
  isIdle,
}: ControllerState): string {
  const failures = [...host.failures, ...tenants.failures.slice(0, 3).map(({ failure }) => failure)];
  return JSON.stringify({
    host: [host.listed, host.of],
    inventory: inventory.complete,
    tenants: [tenants.settled, tenants.of],
    unansweredNames,
    planned: plan?.actions.length,
    left,
    refusals: refusals.length,
    isIdle,
    failures: failures.map(({ message }) => message),
  });
}
