import type { Runtime } from './runtime/runtime'
import type { TaskLookup } from './runtime/simulated-runtime'

/** The runtime in use, which a reset exchanges: closing one kills its tasks for good. */
export type RuntimeSlot = {
  readonly runtime: Runtime & TaskLookup
  /** Puts a fresh runtime in use, runs `between`, then closes the old one and waits until nothing of it is left. */
  exchange(between: () => void): Promise<void>
}

/** `make` starts a runtime; called once now and once per exchange. */
export async function makeRuntimeSlot(make: () => Promise<Runtime & TaskLookup>): Promise<RuntimeSlot> {
  let current = await make()
  return {
    runtime: {
      name: current.name,
      lowestPort: current.lowestPort,
      canExecute: current.canExecute,
      execute: (target, size, events) => current.execute(target, size, events),
      allocateAddress: (taskId) => current.allocateAddress(taskId),
      allocateProxyAddresses: (aliasCount) => current.allocateProxyAddresses(aliasCount),
      setInstances: (endpointId, instances) => current.setInstances(endpointId, instances),
      releaseAddress: (address) => current.releaseAddress(address),
      scopeOf: (address) => current.scopeOf(address),
      start: (task) => current.start(task),
      stop: (taskId) => current.stop(taskId),
      close: () => current.close(),
    },
    async exchange(between) {
      const old = current
      current = await make()
      between()
      await old.close()
    },
  }
}
