import { spawn } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { makeProcessTable, parseProcStat, parsePsLine } from '@/lib/emulator/store/process-table'

const children: { kill(signal: 'SIGKILL'): boolean }[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const stat = (name: string, state = 'S'): string =>
  `42 (${name}) ${state} 1 42 42 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 98765 1000 10 18446744073709551615`

describe('a process as the system tells it', () => {
  it.each(['node', 'a b', ') S 1 1', '((', ''])('is read whatever its name %j', (name) => {
    expect(parseProcStat(42, stat(name))).toEqual({ pid: 42, started: '98765', groupId: 42 })
  })

  it.each([stat('node', 'Z'), stat('node', 'X'), '', '42 (node) S'])('is none in %j', (text) => {
    expect(parseProcStat(42, text)).toBeUndefined()
  })

  it('is read from ps', () => {
    expect(parsePsLine(7, '   42 Ss   Thu  1 Jan  1970 01:02:03  \n')).toEqual({
      pid: 7,
      groupId: 42,
      started: 'Thu 1 Jan 1970 01:02:03',
    })
    expect(parsePsLine(7, '42 Z+ Thu  1 Jan  1970\n')).toBeUndefined()
    expect(parsePsLine(7, '')).toBeUndefined()
  })

  it.each(['linux', 'darwin'] as const)(
    'is seen alive with one start time, and then not (%s)',
    async (platform) => {
      const table = makeProcessTable(platform)
      const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
      children.push(child)
      const pid = child.pid ?? 0
      const seen = table.see(pid)
      expect(seen).toMatchObject({ pid, groupId: pid })
      expect(table.see(pid)).toEqual(seen)
      expect(table.bootId).not.toBe('')
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
      expect(table.see(pid)).toBeUndefined()
    },
  )
})

describe('members of a group', () => {
  it('count only when a local cloud started them', async () => {
    const table = makeProcessTable('linux')
    const start = (mark: Record<string, string>) => {
      const child = spawn('sleep', ['60'], {
        detached: true,
        stdio: 'ignore',
        env: { ...process.env, ...mark },
      })
      children.push(child)
      return child.pid ?? 0
    }
    const task = start({ SWITCHBOARD_CONTAINER: '{}' })
    const foreign = start({})
    await expect.poll(() => table.seeMembers(task).map(({ pid }) => pid)).toEqual([task])
    expect(table.seeMembers(foreign)).toEqual([])
  })
})
