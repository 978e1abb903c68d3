import { afterAll, vi } from 'vitest'

/** What `processWide` of lib/target made for a test file. */
const processWideKeys = () =>
  Object.getOwnPropertySymbols(globalThis).filter((key) => key.description?.startsWith('switchboard.'))

// Test files run one after the other in one process, which spares each of them loading the SDK anew: a file finds the process as it was.
afterAll(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  for (const key of processWideKeys()) {
    const value: unknown = Reflect.get(globalThis, key)
    Reflect.deleteProperty(globalThis, key)
    if (typeof value === 'object' && value !== null && 'stop' in value && typeof value.stop === 'function')
      await value.stop()
  }
})
