/**
 * Milliseconds that this thread has used a processor for. On an idle machine that is the time on the clock; on a
 * busy one it leaves out the time that other programs had the processor.
 */
export function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
