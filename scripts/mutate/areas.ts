/** Where mistakes are made, and the tests that must notice. Both are patterns of paths. */
export interface Area {
  readonly sources: string;
  readonly tests: readonly string[];
}

export const AREAS: readonly Area[] = [
  {
    sources: 'src/planner/{ownership,https,withdrawal,routes,backend}/*.ts',
    tests: ['test/planner/**/*.test.ts', 'test/simulation/*.test.ts'],
  },
  {
    sources: 'src/values/constraints/*.ts',
    tests: ['test/values/{constraints,problem-codes}.test.ts', 'test/chart/golden.test.ts'],
  },
];
