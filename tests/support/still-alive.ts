import { stillRunning, treeOf } from './process-tree'

/** Whether a process runs; one that has ended but was not yet reaped does not. */
export const stillAlive = (pid: number): boolean => stillRunning(treeOf(pid)).some((one) => one.pid === pid)
