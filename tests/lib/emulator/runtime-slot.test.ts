import { describe, expect, it } from 'vitest'
import { makeRuntimeSlot } from '@/lib/emulator/runtime-slot'
import { makeIdleRuntime } from '../../support/test-context'

describe('the runtime in use', () => {
  it('is exchanged before the old one is closed, and state is emptied in between', async () => {
    const told: string[] = []
    let made = 0
    const slot = await makeRuntimeSlot(async () => {
      made += 1
      const name = `runtime ${made}`
      told.push(`${name} made`)
      return {
        ...makeIdleRuntime(),
        scopeOf: () => undefined,
        stop: (taskId: string) => told.push(`${name} stops ${taskId}`),
        close: async () => {
          told.push(`${name} closed`)
        },
      }
    })
    slot.runtime.stop('a')
    await slot.exchange(() => told.push('emptied'))
    slot.runtime.stop('b')
    await slot.runtime.close()
    expect(told).toEqual([
      'runtime 1 made',
      'runtime 1 stops a',
      'runtime 2 made',
      'emptied',
      'runtime 1 closed',
      'runtime 2 stops b',
      'runtime 2 closed',
    ])
  })
})
