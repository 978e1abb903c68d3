import { describe, expect, it } from 'vitest'
import { Cluster } from '@/lib/emulator/service-connect/plane/cluster'
import { defaultSettings } from '@/lib/emulator/service-connect/plane/settings'

type FakeHost = { readonly name: string; state: 'open' | 'retired' | 'killed'; retire(): void; kill(): void }

function make() {
  const made: FakeHost[] = []
  const notes: string[] = []
  const cluster = new Cluster<FakeHost>(defaultSettings, (line) => notes.push(line))
  const set = (...names: string[]) =>
    cluster.set(names, (name) => {
      const host: FakeHost = {
        name,
        state: 'open',
        retire: () => {
          host.state = 'retired'
        },
        kill: () => {
          host.state = 'killed'
        },
      }
      made.push(host)
      return host
    })
  const asked = (times: number) => Array.from({ length: times }, () => cluster.pick(undefined)?.name)
  return { cluster, set, made, notes, asked }
}

describe('the hosts behind a name', () => {
  it('are asked in turn', () => {
    const { set, asked } = make()
    set('a', 'b', 'c')
    expect(asked(4)).toEqual(['a', 'b', 'c', 'a'])
  })

  it('keep their place when they stay, and retire when they go', () => {
    const { set, made, asked } = make()
    set('a', 'b')
    set('b', 'c')
    expect(made.map(({ name, state }) => [name, state])).toEqual([
      ['a', 'retired'],
      ['b', 'open'],
      ['c', 'open'],
    ])
    expect(new Set(asked(4))).toEqual(new Set(['b', 'c']))
  })

  it('may all go and come back', () => {
    const { set, asked, made } = make()
    set('a')
    set()
    expect(asked(1)).toEqual([undefined])
    set('a')
    expect(asked(2)).toEqual(['a', 'a'])
    expect(made).toHaveLength(2)
  })

  it('that are told twice are one', () => {
    const { set, asked, made } = make()
    set('a', 'a', 'b')
    expect(made).toHaveLength(2)
    expect(asked(4)).toEqual(['a', 'b', 'a', 'b'])
  })

  it('are avoided after five failed connections, which is told once', () => {
    const { cluster, set, made, notes, asked } = make()
    set('a', 'b')
    const [first] = made
    if (first) for (let count = 0; count < 7; count++) cluster.failed(first)
    expect(asked(4)).toEqual(['b', 'b', 'b', 'b'])
    expect(notes).toEqual(['a is avoided for 30 s: 5 connections to it failed'])
  })

  it('are never all avoided', () => {
    const { cluster, set, made, asked } = make()
    set('a', 'b', 'c')
    for (let count = 0; count < 50; count++) for (const host of made) cluster.failed(host)
    expect(new Set(asked(10)).size).toBe(1)
  })

  it('that were avoided are asked when nobody else is left', () => {
    const { cluster, set, made, asked } = make()
    set('a', 'b')
    const [first] = made
    if (first) for (let count = 0; count < 5; count++) cluster.failed(first)
    set('a')
    expect(asked(2)).toEqual(['a', 'a'])
  })

  it('are killed with those that had retired', () => {
    const { cluster, set, made } = make()
    set('a', 'b')
    set('b')
    cluster.kill()
    expect(made.map(({ state }) => state)).toEqual(['killed', 'killed'])
  })

  it('that have retired and are empty are forgotten', () => {
    const { cluster, set, made } = make()
    set('a')
    set()
    const [gone] = made
    if (gone) cluster.forget(gone)
    cluster.kill()
    expect(gone?.state).toBe('retired')
  })

  it('that failed after they had gone are of no interest', () => {
    const { cluster, set, made, notes } = make()
    set('a', 'b')
    set('b')
    const [gone] = made
    if (gone) for (let count = 0; count < 10; count++) cluster.failed(gone)
    expect(notes).toEqual([])
  })
})
