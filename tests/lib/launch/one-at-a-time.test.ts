import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { oneAtATime } from '@/lib/launch/one-at-a-time.mjs'

let folder: string
let lock: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-lock-'))
  lock = join(folder, 'locks', 'console')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const nobody = (pid: number) => {
  throw new Error(`waited for ${pid}`)
}
/** Written before the folder of the lock is made by whoever takes it. */
const leaveLock = async (text: string) => {
  await oneAtATime(lock, async () => undefined, nobody)
  writeFileSync(lock, text)
}

describe('work that one process at a time may do', () => {
  it('gives back what it found, and lets go', async () => {
    expect(await oneAtATime(lock, async () => 'built', nobody)).toBe('built')
    expect(existsSync(lock)).toBe(false)
  })

  it('lets go when it fails', async () => {
    const failing = oneAtATime(lock, () => Promise.reject(new Error('no space')), nobody)
    await expect(failing).rejects.toThrow('no space')
    expect(existsSync(lock)).toBe(false)
  })

  it('waits for whoever is at it, and names the process once', async () => {
    const order: string[] = []
    const waitedFor: number[] = []
    let finish = () => {}
    const first = oneAtATime(
      lock,
      async () => {
        await new Promise<void>((resolve) => (finish = resolve))
        order.push('first')
      },
      nobody,
    )
    const second = oneAtATime(
      lock,
      async () => void order.push('second'),
      (pid) => {
        waitedFor.push(pid)
        finish()
      },
    )
    await Promise.all([first, second])
    expect(order).toEqual(['first', 'second'])
    expect(waitedFor).toEqual([process.pid])
  })

  it('takes over from a process that died in the middle', async () => {
    const dead = spawn(process.execPath, ['-e', ''])
    await once(dead, 'close')
    await leaveLock(String(dead.pid))
    expect(await oneAtATime(lock, async () => 'built', nobody)).toBe('built')
  })

  it('takes over from a process number that is somebody else by now', async () => {
    await leaveLock(String(process.pid))
    const longAgo = new Date(Date.now() - 3_600_000)
    utimesSync(lock, longAgo, longAgo)
    expect(await oneAtATime(lock, async () => 'built', nobody)).toBe('built')
  })
})
