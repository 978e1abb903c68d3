import { describe, expect, it } from 'vitest'
import type { ProcessTable, SeenProcess } from '@/lib/emulator/store/process-table'
import { planSweep } from '@/lib/emulator/store/sweep'

const tableOf = (processes: readonly SeenProcess[], ours: readonly number[] = []): ProcessTable => ({
  bootId: 'boot-1',
  see: (pid) => processes.find((one) => one.pid === pid),
  seeMembers: (groupId) => processes.filter((one) => one.groupId === groupId && ours.includes(one.pid)),
})
const ledger = { bootId: 'boot-1', processes: [{ pid: 42, started: '1000' }] }

describe('what an earlier local cloud left behind', () => {
  it('is ended with its whole group when pid and start time are those that were written down', () => {
    const table = tableOf([{ pid: 42, started: '1000', groupId: 42 }])
    expect(planSweep(ledger, table)).toEqual([{ kind: 'group', groupId: 42 }])
  })

  it('is not a foreign process that has got the same pid', () => {
    expect(planSweep(ledger, tableOf([{ pid: 42, started: '1001', groupId: 42 }], [42]))).toEqual([])
  })

  it('is not a process that leads no group: its group would be somebody else’s', () => {
    expect(planSweep(ledger, tableOf([{ pid: 42, started: '1000', groupId: 7 }]))).toEqual([])
  })

  it('is nothing after the machine was started again, whatever the times say', () => {
    const table = tableOf([{ pid: 42, started: '1000', groupId: 42 }])
    expect(planSweep({ ...ledger, bootId: 'boot-0' }, table)).toEqual([])
    expect(planSweep({ ...ledger, bootId: '' }, { ...table, bootId: '' })).toEqual([])
  })

  it('is each member by itself that a local cloud started, when their leader is gone', () => {
    const members = [
      { pid: 43, started: '1005', groupId: 42 },
      { pid: 44, started: '1006', groupId: 42 },
      { pid: 45, started: '1007', groupId: 45 },
    ]
    expect(planSweep(ledger, tableOf(members, [43, 45]))).toEqual([{ kind: 'process', pid: 43 }])
  })

  it('is nothing when all have ended', () => {
    expect(planSweep(ledger, tableOf([]))).toEqual([])
  })
})
