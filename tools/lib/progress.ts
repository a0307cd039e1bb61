const quietSeconds = 30; // a log without a terminal gets a sign of life this often

/**
 * Shows that a step is running, with its seconds: in place on a terminal, as a line now and then in a log.
 *
 * @param label which step of how many, such as `[3/8] helm-4.3 4.3.1`
 * @param activity what is being done to it, such as `building`
 */
export function showProgress(
  label: string,
  activity: string,
  out: NodeJS.WriteStream,
): { end(outcome: string): void } {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  const inPlace = out.isTTY === true;
  const show = () =>
    out.write(`${inPlace ? '\r\u001b[K' : ''}${label}: ${activity} … ${seconds()} s${inPlace ? '' : '\n'}`);
  show();
  const timer = setInterval(show, inPlace ? 1000 : quietSeconds * 1000);
  return {
    end(outcome) {
      clearInterval(timer);
      out.write(`${inPlace ? '\r\u001b[K' : ''}${label}: ${outcome} in ${seconds()} s\n`);
    },
  };
}
