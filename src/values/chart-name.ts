/** The charts by the names that the command line and the library use. */
export type ChartName = 'single-node' | 'multi-node';
