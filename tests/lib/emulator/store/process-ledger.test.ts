import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { afterAll, describe, expect, it } from 'vitest'
import type { RuntimeEvent } from '@/lib/emulator/runtime/runtime'
import { parseLedger, readLedger, startProcessLedger } from '@/lib/emulator/store/process-ledger'

const root = mkdtempSync(join(tmpdir(), 'switchboard-ledger-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const folderOf = () => mkdtempSync(join(root, 'f-'))

const about = { scope: { accountId: '1', region: 'r' }, atMs: 0 }
const started = (taskId: string, pid?: number): RuntimeEvent => ({
  ...about,
  kind: 'container-started',
  taskId,
  container: 'app',
  standIn: false,
  ...(pid === undefined ? {} : { pid }),
})
const exited = (taskId: string): RuntimeEvent => ({
  ...about,
  kind: 'container-exited',
  taskId,
  container: 'app',
  exitCode: 0,
})

describe('the ledger of task processes', () => {
  it('holds those that run, with their start times', () => {
    const folder = folderOf()
    const ledger = startProcessLedger(folder, 'boot-1', (pid) => `t${pid}`)
    ledger.onRuntimeEvent(started('a', 10))
    ledger.onRuntimeEvent(started('b', 11))
    ledger.onRuntimeEvent(started('simulated'))
    ledger.onRuntimeEvent(exited('a'))
    ledger.onRuntimeEvent({ ...about, kind: 'task-ended', taskId: 'b' })
    expect(readLedger(folder)).toEqual({ bootId: 'boot-1', processes: [{ pid: 11, started: 't11' }] })
    expect(statSync(join(folder, 'processes')).mode & 0o777).toBe(0o600)
  })

  it('leaves out a process that was gone before it could be written down', () => {
    const folder = folderOf()
    const ledger = startProcessLedger(folder, 'boot-1', () => undefined)
    ledger.onRuntimeEvent(started('a', 10))
    expect(readLedger(folder)?.processes).toEqual([])
  })

  it('stays small, however many tasks come and go', () => {
    const folder = folderOf()
    const ledger = startProcessLedger(folder, 'boot-1', (pid) => `t${pid}`)
    ledger.onRuntimeEvent(started('stays', 9))
    for (let pid = 100; pid < 3_000; pid++) {
      ledger.onRuntimeEvent(started('comes', pid))
      ledger.onRuntimeEvent(exited('comes'))
    }
    expect(readLedger(folder)?.processes).toEqual([{ pid: 9, started: 't9' }])
    expect(readFileSync(join(folder, 'processes'), 'utf8').split('\n').length).toBeLessThan(1_200)
  })

  it('is not there in a fresh folder', () => {
    expect(readLedger(folderOf())).toBeUndefined()
  })

  const whole = 'boot b\n+ 10 t1\n+ 11 t2\n- 10 t1\n+ 12 t3\n'
  test.prop([fc.nat({ max: whole.length })])(
    'never names a process that was not written down, wherever it was cut',
    (cut) => {
      for (const { pid, started: time } of parseLedger(whole.slice(0, cut)).processes)
        expect(whole).toContain(`+ ${pid} ${time}\n`)
    },
  )

  test.prop([fc.string()])('makes nothing of nonsense that would be dangerous', (text) => {
    for (const { pid } of parseLedger(`boot b\n${text}\n+ 0 x\n+ 1 x\n+ -5 x\n+ 7\n`).processes)
      expect(pid).toBeGreaterThan(1)
  })
})
