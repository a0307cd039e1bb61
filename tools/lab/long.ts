/** Whether the tests of traffic run in their longer form (docs/traffic.md). */
export const IS_LONG = process.env.KUBEBYON_TRAFFIC === 'long';
