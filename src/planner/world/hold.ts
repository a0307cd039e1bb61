/** What can be withdrawn: objects by kind, and parts of objects. */
export type WithdrawalKind =
  | 'TLSRoute'
  | 'HTTPRoute'
  | 'Service'
  | 'EndpointSlice'
  | 'Certificate'
  | 'RoutePlan'
  | 'ListenerSet'
  | 'hostname'
  | 'listener'
  | 'endpoint'
  | 'route';

/** One thing that the plan would take away because it is not wanted any more. */
export interface Withdrawal {
  readonly kind: WithdrawalKind;
  /** Identifies it among its kind. */
  readonly key: string;
}

/** What must not be withdrawn now. */
export interface Hold {
  /** A source is incomplete, so nothing may go. */
  readonly everything: boolean;
  readonly kinds: Pick<ReadonlySet<WithdrawalKind>, 'has'>;
}

export function isHeld(hold: Hold, kind: WithdrawalKind): boolean {
  return hold.everything || hold.kinds.has(kind);
}
