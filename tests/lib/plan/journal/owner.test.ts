import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { isAlive, ownerOf, startOf } from '@/lib/plan/journal/owner'

const hasProc = process.platform === 'linux'

describe('who holds a run', () => {
  it('is alive while its process runs, and not any more after it ended', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    await once(child, 'spawn')
    const owner = ownerOf(child.pid ?? 0)
    expect(isAlive(owner)).toBe(true)
    child.stdin?.end()
    await once(child, 'exit')
    expect(isAlive(owner)).toBe(false)
  })

  it('is this process', () => expect(isAlive(ownerOf(process.pid))).toBe(true))

  it.runIf(hasProc)('is not another process that got the same id later', () => {
    const owner = ownerOf(process.pid)
    expect(isAlive({ ...owner, started: `${owner.started}1` })).toBe(false)
    expect(isAlive({ ...owner, started: '' })).toBe(false)
  })

  it('is nobody whose id no process can have', () => {
    expect(isAlive({ pid: 2 ** 22 + 1, started: '' })).toBe(false)
    expect(startOf(2 ** 22 + 1)).toBe('')
  })

  it.runIf(hasProc)('began at a time of this boot, told the same each time', () => {
    expect(startOf(process.pid)).toMatch(/^[0-9a-f-]{36}\/\d+$/)
    expect(startOf(process.pid)).toBe(startOf(process.pid))
  })
})
