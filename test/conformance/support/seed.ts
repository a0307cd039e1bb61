/** Seed of everything generated: `SEED` of the environment, or a fixed one. Failure messages name it. */
export const seed = Number.parseInt(process.env.SEED ?? '20260101', 10);
