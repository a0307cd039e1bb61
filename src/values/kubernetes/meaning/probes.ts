import { MAX_INT32 } from '../../grammar.ts';
import { expectOne, expectPort, expectRange, forbid, missing, outOfRange } from './common.ts';
import { expectText, HEADER_NAME } from './grammars.ts';
import { inside, listOf, mapOf, numberOf, type Place, type Sound, textOf } from './report.ts';

const HANDLERS = ['exec', 'grpc', 'httpGet', 'tcpSocket'];
const COUNTS = [
  'failureThreshold',
  'initialDelaySeconds',
  'periodSeconds',
  'successThreshold',
  'timeoutSeconds',
];

/** A probe, whatever it is for. Source: `validateProbe`. */
export function checkProbe(probe: Sound, place: Place): void {
  // Without any key it is no probe at all: that is how the values turn off one of the chart's. In a container of the user's
  // own it is a probe without a handler.
  const isOfChart = !place.path.some((step) => typeof step === 'number');
  if (isOfChart && Object.keys(probe).length === 0) return;
  expectOne(place, probe, HANDLERS, 'handler');
  for (const key of COUNTS) expectRange(place, probe, key, [0, MAX_INT32]);
  expectRange(place, probe, 'terminationGracePeriodSeconds', [1, Number.MAX_SAFE_INTEGER]);
  checkPurpose(probe, place);
}

/** What a probe may say depends on what it is for, which is the key that it stands under. */
function checkPurpose(probe: Sound, place: Place): void {
  const purpose = place.path.at(-1);
  if (purpose === 'readinessProbe') {
    const hint = 'remove terminationGracePeriodSeconds: a container that is not ready is not ended';
    forbid(place, probe, 'terminationGracePeriodSeconds', 'in a readinessProbe', hint);
  } else if ((numberOf(probe, 'successThreshold') ?? 0) > 1) {
    outOfRange(place, ['successThreshold'], `1 in a ${String(purpose)}`, String(probe.successThreshold));
  }
}

/** A question over HTTP or a connection over TCP. Source: `validateHTTPGetAction`, `validateTCPSocketAction`. */
export function checkPortAction(action: Sound, place: Place): void {
  expectPort(place, action, 'port');
}

export function checkHeader(header: Sound, place: Place): void {
  expectText(place, ['name'], textOf(header, 'name'), HEADER_NAME);
}

/** A question over gRPC, which knows no names of ports. */
export function checkGrpc(action: Sound, place: Place): void {
  expectRange(place, action, 'port', [1, 65_535]);
}

/** A command in the container. */
export function checkExec(action: Sound, place: Place): void {
  if (listOf(action, 'command').length === 0) missing(place, ['command'], 'a command', 'add command');
}

/** What happens after a container starts or before it ends. Source: `validateLifecycle`. */
export function checkLifecycle(lifecycle: Sound, place: Place): void {
  const because = 'without os.name, which the chart does not set';
  forbid(place, lifecycle, 'stopSignal', because, 'remove stopSignal; the image can name one');
}

/** One of these events. */
export function checkLifecycleHandler(handler: Sound, place: Place): void {
  expectOne(place, handler, ['exec', 'httpGet', 'sleep', 'tcpSocket'], 'handler');
  const sleep = mapOf(handler, 'sleep');
  if (sleep !== undefined) expectRange(inside(place, 'sleep'), sleep, 'seconds', [0, MAX_INT32]);
}
