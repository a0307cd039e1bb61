import type { WhyLink } from './facts.ts';
import { addressLink } from './links/address.ts';
import { answerLink } from './links/answer.ts';
import { certificateLink } from './links/certificate.ts';
import { dnsLink } from './links/dns.ts';
import { endpointsLink } from './links/endpoints.ts';
import { gatewayLink } from './links/gateway.ts';
import { issuedLink } from './links/issued.ts';
import { listenerLink } from './links/listener.ts';
import { ownerLink } from './links/owner.ts';
import { rivalLink } from './links/rival.ts';
import { routeLink } from './links/route.ts';
import { serviceLink } from './links/service.ts';

/** From a name to the Pods that answer it. A new link is a file, and one line here. */
export const WHY_LINKS: readonly WhyLink[] = [
  ownerLink,
  gatewayLink,
  addressLink,
  dnsLink,
  listenerLink,
  issuedLink,
  certificateLink,
  routeLink,
  rivalLink,
  serviceLink,
  endpointsLink,
  answerLink,
];
