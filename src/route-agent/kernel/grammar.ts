import { formatCidr, formatIp } from '../../text/ip.ts';
import { isPlainName } from '../plan/route-rules.ts';
import type { RouteOp } from '../types.ts';

/**
 * A change as a line of `ip -batch`. Every word is a number, an address of numbers, or a plain name of a link, so no line can
 * say anything else than it means.
 *
 * @throws Error for a name that is none; the rules let no such route through.
 */
export function lineOf(op: RouteOp): string {
  const { range, protocol, metric } = op.route;
  const mark = `proto ${whole(protocol)} metric ${whole(metric)}`;
  if (op.do === 'delete') return `route del ${formatCidr(range)} ${mark}`;
  if (op.do === 'guard') return `route add unreachable ${formatCidr(range)} ${mark}`;
  if (op.do === 'unguard') return `route del unreachable ${formatCidr(range)} ${mark}`;
  const { nextHop, device } = op.route;
  if (!isPlainName(device))
    throw new Error(`expected a plain name of a link, found ${JSON.stringify(device)}`);
  return `route ${op.do} ${formatCidr(range)} via ${formatIp(nextHop)} dev ${device} ${mark}`;
}

function whole(number: number): string {
  if (!Number.isSafeInteger(number) || number < 0)
    throw new Error(`expected a whole number, found ${number}`);
  return String(number);
}
