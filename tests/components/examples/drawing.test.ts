import { describe, expect, it } from 'vitest'
import { layOutDrawing } from '@/components/examples/drawing-layout'
import { plannedCounts } from '@/components/examples/planned-counts'
import { columnsOf } from '@/components/examples/sketch'
import { gallery, servicesOf } from '@/lib/changes/examples/all'
import { yelb } from '@/lib/changes/examples/yelb'

describe.each(gallery.map((example) => [example.title, example] as const))(
  'the drawing of %s',
  (_, example) => {
    const drawing = layOutDrawing(example)

    it('shows what the plan makes, and nothing else', () => {
      expect(drawing.cards.map(({ name }) => name).toSorted()).toEqual(
        servicesOf(example.defaults)
          .map(({ name }) => name)
          .toSorted(),
      )
      for (const service of servicesOf(example.defaults))
        expect(drawing.cards.find(({ name }) => name === service.name)?.port).toBe(service.port)
    })

    it('has a line for every call, each to the right', () => {
      expect(drawing.wires.map(({ key }) => key)).toEqual(
        example.edges.map(({ from, to }) => `${from}->${to}`),
      )
      const columns = columnsOf(example)
      for (const { from, to } of example.edges)
        expect(columns.get(to)).toBeGreaterThan(columns.get(from) ?? 0)
    })

    it('keeps every card inside of the frame, and none over another', () => {
      const { card, cards, frame } = drawing
      for (const each of cards) {
        expect(each.x).toBeGreaterThan(frame.x)
        expect(each.y).toBeGreaterThan(frame.y)
        expect(each.x + card.width).toBeLessThan(frame.x + frame.width)
        expect(each.y + card.height).toBeLessThan(frame.y + frame.height)
        for (const other of cards) {
          if (other === each) continue
          const apart = Math.abs(other.x - each.x) >= card.width || Math.abs(other.y - each.y) >= card.height
          expect(apart).toBe(true)
        }
      }
    })
  },
)

describe('the columns of a drawing', () => {
  it('end even when services call each other in a circle', () => {
    const nodes = ['a', 'b'].map((name) => ({ name, port: 80, says: '' }))
    const edges = [
      { from: 'a', to: 'b', variable: 'B' },
      { from: 'b', to: 'a', variable: 'A' },
    ]
    const columns = [...columnsOf({ nodes, edges }).values()]
    expect(columns.every((column) => column <= nodes.length)).toBe(true)
  })
})

describe('the planned tasks', () => {
  it('follow the parameters', () => {
    const counts = plannedCounts({ ...yelb.defaults, appserverCount: 7 })
    expect(counts.get('yelb-appserver')).toBe(7)
    expect(counts.get('yelb-db')).toBe(1)
  })
})
