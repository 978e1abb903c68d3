import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { startGuardian } from '@/lib/emulator/runtime/guardian'
import { runningWith } from '../../../support/process-tree'

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

/** A process in a group of its own; `how` tells it from all others of this machine. */
function startProcess(how: string, environment: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn('sleep', [`600.${process.pid}${how}`], {
    env: { ...process.env, ...environment },
    detached: true,
    stdio: 'ignore',
  })
  started.push(child)
  return child
}
const runningAs = (how: string) => runningWith(`600.${process.pid}${how}`)

describe('the watcher of task processes, when the local cloud is gone', () => {
  it('ends those it was told of, and not those that it was told to forget', async () => {
    const guardian = startGuardian(() => undefined)
    guardian.watch(startProcess('1', {}).pid ?? 0)
    const forgotten = startProcess('2', {}).pid ?? 0
    guardian.watch(forgotten)
    guardian.forget(forgotten)
    await guardian.stop()
    await expect.poll(() => runningAs('1')).toEqual([])
    expect(runningAs('2')).toHaveLength(1)
  })

  it.runIf(process.platform === 'linux')(
    'ends those that were just being started, and none of another local cloud',
    async () => {
      const guardian = startGuardian(() => undefined)
      const other = startGuardian(() => undefined)
      startProcess('3', guardian.environment)
      startProcess('4', other.environment)
      await guardian.stop()
      await expect.poll(() => runningAs('3')).toEqual([])
      expect(runningAs('4')).toHaveLength(1)
      await other.stop()
      await expect.poll(() => runningAs('4')).toEqual([])
    },
  )

  it.each([0, 1, -5, 1.5, Number.NaN])('watches no group %s, which would be ourselves or everybody', (id) => {
    const guardian = startGuardian(() => undefined)
    expect(() => guardian.watch(id)).toThrow('is no process group of a task')
    return guardian.stop()
  })
})
