import { describe, expect, it } from 'vitest'
import { inListOrder } from '@/components/inspector/instance-order'
import { livingInstances } from '@/components/topology/state-words'
import { makeInstance } from '../../support/topology-fixtures'

const at = (address: string | null, more: Parameters<typeof makeInstance>[1] = {}) =>
  makeInstance(`${address} ${more.startedAtMs}`, { address, ...more })

describe('a list of instances', () => {
  it('is in the order of the addresses as one counts', () =>
    expect(
      inListOrder([at('127.0.0.10'), at('127.0.0.9'), at('127.0.0.2')]).map(({ address }) => address),
    ).toEqual(['127.0.0.2', '127.0.0.9', '127.0.0.10']))

  it('goes by start where there is no address yet, and those come after', () => {
    const [late, early] = [at(null, { startedAtMs: 2 }), at(null, { startedAtMs: 1 })]
    expect(inListOrder([late, at('127.0.0.3'), early]).map(({ startedAtMs }) => startedAtMs)).toEqual([
      at('127.0.0.3').startedAtMs,
      1,
      2,
    ])
  })

  it('ends with what has stopped, which counts no more', () => {
    const stopped = at('127.0.0.1', { taskStatus: 'STOPPED', state: 'failing' })
    const list = [stopped, at('127.0.0.2')]
    expect(inListOrder(list).at(-1)).toBe(stopped)
    expect(livingInstances(list)).toBe(1)
  })

  it('counts what only Cloud Map knows', () =>
    expect(livingInstances([at('127.0.0.1', { taskStatus: null, taskId: null })])).toBe(1))
})
