/** How an implementation of the Gateway API answers where the API leaves it open, or where it does less. */
export interface Behaviour {
  /** What a request gets whose Host is served, but by another listener than the one that SNI has chosen. */
  readonly otherListener: '404' | '421';
  /** What a request gets whose Host is served by the listener that SNI has chosen, by the route of another name. */
  readonly otherName: 'served' | '421';
  /** What a name that no route has gets by TLS at a listener whose hostname covers it. */
  readonly nameWithoutRoute: '404' | 'none';
}

export const ENVOY_GATEWAY_BEHAVIOUR: Behaviour = {
  otherListener: '404',
  otherName: 'served',
  nameWithoutRoute: '404',
};

/** Contour makes a TLS host of every name of a route, and refuses every other Host there. */
export const CONTOUR_BEHAVIOUR: Behaviour = {
  otherListener: '421',
  otherName: '421',
  nameWithoutRoute: 'none',
};
