/** The processor time, in microseconds, that `work` cost this thread, which answers everybody, and all threads together. */
export async function processorTimeOf(work: () => Promise<unknown>): Promise<{ here: number; everywhere: number }> {
  const here = process.threadCpuUsage();
  const everywhere = process.cpuUsage();
  await work();
  const spent = { here: process.threadCpuUsage(here), everywhere: process.cpuUsage(everywhere) };
  return { here: spent.here.user + spent.here.system, everywhere: spent.everywhere.user + spent.everywhere.system };
}
