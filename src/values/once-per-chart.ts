/**
 * A function that makes something for a chart when it is first asked for, and gives the same from then on. Only for what
 * follows from the chart alone and is never changed: then nobody can tell that it was remembered.
 */
export function oncePerChart<Name extends string, Made>(make: (chart: Name) => Made): (chart: Name) => Made {
  const made = new Map<Name, { readonly value: Made }>();
  return (chart) => {
    const known = made.get(chart);
    if (known !== undefined) return known.value;
    const value = make(chart);
    made.set(chart, { value });
    return value;
  };
}
