import { describe, expect, it } from 'vitest'
import { makeFaultSwitchboard, maxFaults } from '@/lib/emulator/control/fault-switchboard'

const hold = { id: 'h', operation: 'servicediscovery:*', times: 1, skip: 0, kind: 'hold-operation' } as const

describe('the fault switchboard', () => {
  it('counts what its faults have met', () => {
    const board = makeFaultSwitchboard()
    board.add({ id: 'a', operation: 'ecs:*', times: 1, skip: 0, kind: 'deny' })
    expect(board.forCall('ecs:ListTasks')?.id).toBe('a')
    expect(board.forCall('ecs:ListTasks')).toBeUndefined()
    expect(board.forCall('sts:GetCallerIdentity')).toBeUndefined()
    expect(board.list()).toMatchObject([{ seen: 2, hit: 1 }])
  })

  it('clears one or all, and says when there was none', () => {
    const board = makeFaultSwitchboard()
    board.add({ id: 'a', operation: '*', times: null, skip: 0, kind: 'deny' })
    board.add({ id: 'b', operation: '*', times: null, skip: 0, kind: 'throttle' })
    expect(board.clear('a')).toBe(true)
    expect(board.clear('a')).toBe(false)
    expect(board.forCall('ecs:X')?.id).toBe('b')
    expect(board.clear()).toBe(true)
    expect(board.forCall('ecs:X')).toBeUndefined()
  })

  it('lets held operations go on when their fault is cleared, each once', () => {
    const board = makeFaultSwitchboard()
    board.add(hold)
    const met = board.forOperation('servicediscovery:DeleteNamespace')
    let wentOn = 0
    if (met?.kind !== 'hold-operation') throw new Error('not held')
    met.whenCleared(() => {
      wentOn += 1
    })
    expect(wentOn).toBe(0)
    board.clear('h')
    board.clear()
    expect(wentOn).toBe(1)
  })

  it('holds nothing when its fault was cleared before the operation would have ended', () => {
    const board = makeFaultSwitchboard()
    board.add(hold)
    const met = board.forOperation('servicediscovery:DeleteNamespace')
    board.clear()
    let wentOn = 0
    if (met?.kind !== 'hold-operation') throw new Error('not held')
    met.whenCleared(() => {
      wentOn += 1
    })
    expect(wentOn).toBe(1)
  })

  it('takes no more faults than it may hold', () => {
    const board = makeFaultSwitchboard()
    for (let index = 0; index < maxFaults; index += 1) board.add({ ...hold, id: String(index) })
    expect(() => board.add(hold)).toThrow(RangeError)
  })
})
