/** States of who asks, which `permissions.test.ts` makes with a service account. */
export const MAY_STATES = [
  {
    code: 'MayWrite',
    state: 'somebody who may only read',
    verdict: 'failed',
    found: /not create, patch, delete/,
    next: /can-i/,
  },
  {
    code: 'MayGrant',
    state: 'somebody who may only read',
    verdict: 'warning',
    found: /must be your own/,
    next: /rbac\.create=false/,
  },
] as const;
