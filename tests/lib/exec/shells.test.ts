import { describe, expect, it } from 'vitest'
import type { SessionEvents } from '@/lib/exec/session'
import { makeShells, type ShellNews, shellLimits } from '@/lib/exec/shells'
import { makeManualClock } from '../../support/manual-clock'

const setUp = () => {
  const clock = makeManualClock()
  let ids = 0
  const shells = makeShells({
    after: clock.after,
    makeId: () => `shell-${ids++}`,
    limits: { ...shellLimits, perOwner: 2, inAll: 3, keptBytes: 10 },
  })
  const open = (owner = 'ann') => {
    const typed: string[] = []
    let events: SessionEvents | undefined
    let ends = 0
    const { id, ended } = shells.open(owner, (given) => {
      events = given
      return {
        receive: () => undefined,
        disconnected: () => undefined,
        write: (bytes) => typed.push(bytes.toString()),
        resize: ({ cols, rows }) => typed.push(`${cols}x${rows}`),
        end: () => {
          ends++
          given.closed({ clean: true, reason: '' })
        },
      }
    })
    return { id, ended, typed, ends: () => ends, events: () => events as SessionEvents }
  }
  const reading = (id: string, owner = 'ann', from = 0) => {
    const news: ShellNews[] = []
    const stop = shells.read(id, owner, from, (one) => news.push(one))
    const text = () =>
      news.map((one) => (one.type === 'output' ? one.bytes.toString() : `[${one.reason}]`)).join('')
    return { stop, text }
  }
  return { clock, shells, open, reading }
}

describe('a shell', () => {
  it('tells its output to its reader, what came before as well', () => {
    const { open, reading } = setUp()
    const shell = open()
    shell.events().output(Buffer.from('ab'))
    const reader = reading(shell.id)
    shell.events().output(Buffer.from('cd'))
    expect(reader.text()).toBe('abcd')
  })

  it('goes on where a reader was, as far as it is kept', () => {
    const { open, reading } = setUp()
    const shell = open()
    for (const part of ['abcd', 'efgh']) shell.events().output(Buffer.from(part))
    expect(reading(shell.id, 'ann', 6).text()).toBe('gh')
    expect(reading(shell.id, 'ann', 99).text()).toBe('')
    shell.events().output(Buffer.from('ijkl'))
    expect(reading(shell.id, 'ann', 0).text()).toBe('efghijkl')
  })

  it('is nobody else’s to read, write, resize or end', () => {
    const { shells, open, reading } = setUp()
    const shell = open()
    for (const owner of ['bob', '']) {
      expect(reading(shell.id, owner).stop).toBe(null)
      expect(shells.write(shell.id, owner, Buffer.from('id'))).toBe(false)
      expect(shells.resize(shell.id, owner, { cols: 80, rows: 24 })).toBe(false)
      expect(shells.end(shell.id, owner)).toBe(false)
    }
    expect(shell.typed).toEqual([])
    expect(shells.write(shell.id, 'ann', Buffer.from('ls'))).toBe(true)
    expect(shells.resize(shell.id, 'ann', { cols: 90, rows: 30 })).toBe(true)
    expect(shell.typed).toEqual(['ls', '90x30'])
  })

  it('is one of a few', () => {
    const { shells, open } = setUp()
    const first = open()
    open()
    expect(shells.refusal('ann')).toMatch(/2 shells open/)
    expect(shells.refusal('bob')).toBe(null)
    open('bob')
    expect(shells.refusal('carl')).toMatch(/all it opens/)
    expect(shells.refusal('')).toMatch(/session/)
    shells.end(first.id, 'ann')
    expect(shells.refusal('ann')).toBe(null)
  })

  it('ends when nothing is typed, whatever it writes', async () => {
    const { clock, open, reading, shells } = setUp()
    const shell = open()
    const reader = reading(shell.id)
    clock.advance(shellLimits.idleMs - 1)
    shells.write(shell.id, 'ann', Buffer.from('a'))
    clock.advance(shellLimits.idleMs - 1)
    shell.events().output(Buffer.from('x'))
    expect(shell.ends()).toBe(0)
    clock.advance(1)
    expect(shell.ends()).toBe(1)
    expect(reader.text()).toBe('x[Nothing was typed for 20 minutes.]')
    expect(await shell.ended).toBe('Nothing was typed for 20 minutes.')
  })

  it('ends when nobody reads any more, and not while a reader comes back', () => {
    const { clock, open, reading } = setUp()
    const shell = open()
    reading(shell.id).stop?.()
    clock.advance(shellLimits.unreadMs - 1)
    const again = reading(shell.id)
    clock.advance(shellLimits.unreadMs * 2)
    expect(shell.ends()).toBe(0)
    again.stop?.()
    clock.advance(shellLimits.unreadMs)
    expect(shell.ends()).toBe(1)
  })

  it('that has ended tells its end to whoever comes late, then is gone', () => {
    const { clock, open, reading, shells } = setUp()
    const shell = open()
    shell.events().output(Buffer.from('bye'))
    shell.events().closed({ clean: true, reason: 'exit' })
    expect(reading(shell.id).text()).toBe('bye[exit]')
    expect(shells.write(shell.id, 'ann', Buffer.from('a'))).toBe(false)
    expect(shells.count).toBe(0)
    clock.advance(shellLimits.unreadMs)
    expect(reading(shell.id).stop).toBe(null)
    expect(clock.waiting).toBe(0)
  })
})
