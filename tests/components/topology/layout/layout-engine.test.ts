import { describe, expect, it, vi } from 'vitest'
import { layOutGroup } from '@/components/topology/layout/lay-out-group'
import { makeLayoutEngine, type Solve } from '@/components/topology/layout/layout-engine'
import type { GroupStructure } from '@/components/topology/layout/model'

function structure(
  id: string,
  nodes: readonly string[],
  edges: readonly (readonly [string, string])[] = [],
): GroupStructure {
  return { id, framed: true, nodes, edges, hash: [id, ...nodes, '|', ...edges.flat()].join() }
}

function setUp(solve: Solve = async (open) => open.map(layOutGroup)) {
  const asked = vi.fn(solve)
  const report = vi.fn()
  const engine = makeLayoutEngine(asked, report)
  const settled = () => new Promise<void>((resolve) => engine.subscribe(resolve))
  return { engine, asked, report, settled }
}

describe('the layout engine', () => {
  it('has nothing before the first layout', () => expect(setUp().engine.get()).toBeNull())

  it('asks the layout engine only for the group that changed', async () => {
    const { engine, asked, settled } = setUp()
    const first = settled()
    engine.update([structure('a', ['1', '2'], [['1', '2']]), structure('b', ['3'])])
    await first
    const second = settled()
    engine.update([structure('a', ['1', '2'], [['1', '2']]), structure('c', ['4'])])
    await second
    expect(asked.mock.calls.map(([open]) => open.map((each) => each.id))).toEqual([['a', 'b'], ['c']])
  })
  it('keeps the very same layout object when a reading changes no structure', async () => {
    const { engine, settled } = setUp()
    const first = settled()
    engine.update([structure('a', ['1'])])
    await first
    const layout = engine.get()
    engine.update([structure('a', ['1'])])
    expect(engine.get()).toBe(layout)
  })
  it('places a newcomer at once and without the layout engine', async () => {
    const { engine, asked, settled } = setUp()
    const first = settled()
    engine.update([structure('a', ['1', '2'], [['1', '2']])])
    await first
    const before = engine.get()
    engine.update([
      structure(
        'a',
        ['1', '2', '3'],
        [
          ['1', '2'],
          ['1', '3'],
        ],
      ),
    ])
    expect(asked).toHaveBeenCalledTimes(1)
    expect(engine.get()?.places['3']).toBeDefined()
    expect(engine.get()?.places['1']).toEqual(before?.places['1'])
  })
  it('counts a turn for another grouping and for tidying up, not for growth', async () => {
    const { engine, settled } = setUp()
    const first = settled()
    engine.update([structure('a', ['1', '2'], [['1', '2']])])
    await first
    engine.update([structure('a', ['1', '2', '3'], [['1', '2']])])
    expect(engine.get()?.turn).toBe(1)
    const other = settled()
    engine.update([structure('x', ['1', '2', '3'])])
    await other
    expect(engine.get()?.turn).toBe(2)
    const tidied = settled()
    engine.tidy()
    await tidied
    expect(engine.get()?.turn).toBe(3)
  })
  it('gives the old places back when one returns to a grouping', async () => {
    const { engine, settled } = setUp()
    const one = settled()
    engine.update([structure('a', ['1', '2'], [['1', '2']]), structure('b', ['3'])])
    await one
    const before = engine.get()
    const two = settled()
    engine.update([structure('x', ['1', '2', '3'])])
    await two
    engine.update([structure('a', ['1', '2'], [['1', '2']]), structure('b', ['3'])])
    expect(engine.get()?.frames).toEqual(before?.frames)
  })
  it('lets only the newest question answer', async () => {
    const answers: (() => void)[] = []
    const { engine, settled } = setUp(
      (open) => new Promise((resolve) => answers.push(() => resolve(open.map(layOutGroup)))),
    )
    engine.update([structure('a', ['1'])])
    engine.update([structure('a', ['1']), structure('b', ['2'])])
    const done = settled()
    answers[0]?.()
    answers[1]?.()
    await done
    expect(Object.keys(engine.get()?.frames ?? {})).toEqual(['a', 'b'])
  })
  it('reports a layout that failed, and lays out again at the next change', async () => {
    let broken = true
    const { engine, report, settled } = setUp(async (open) => {
      if (broken) throw new Error('no worker')
      return open.map(layOutGroup)
    })
    engine.update([structure('a', ['1'])])
    await vi.waitFor(() => expect(report).toHaveBeenCalledOnce())
    broken = false
    const done = settled()
    engine.update([structure('a', ['1'])])
    await done
    expect(engine.get()?.places['1']).toBeDefined()
  })
})
