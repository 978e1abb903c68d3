import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { GroupLayout, Rect } from '@/components/topology/layout/model'
import { packFrames } from '@/components/topology/layout/pack'
import { gap } from '@/components/topology/layout/sizes'

function group(id: string, width: number, height: number): GroupLayout {
  return { id, hash: id, width, height, edgeCount: 0, places: { [`${id}/card`]: { x: 20, y: 26 } } }
}

function expectApart(frames: Readonly<Record<string, Rect>>) {
  const all = Object.values(frames)
  for (const [i, a] of all.entries()) {
    for (const b of all.slice(i + 1)) {
      const apart =
        a.x + a.width + gap.frame <= b.x ||
        b.x + b.width + gap.frame <= a.x ||
        a.y + a.height + gap.frame <= b.y ||
        b.y + b.height + gap.frame <= a.y
      expect(apart).toBe(true)
    }
  }
}

describe('packFrames', () => {
  const groups = [group('a', 900, 300), group('b', 600, 200), group('c', 300, 100)]
  const first = packFrames(groups, {})

  it('makes places absolute', () => {
    const frame = first.frames.b
    expect(first.places['b/card']).toEqual({ x: (frame?.x ?? 0) + 20, y: (frame?.y ?? 0) + 26 })
  })
  it('puts small frames beside larger ones instead of below everything', () => {
    const bottom = Math.max(...Object.values(first.frames).map((frame) => frame.y + frame.height))
    expect(bottom).toBeLessThan(300 + 200 + 100 + 2 * gap.frame)
  })
  it('moves nothing when nothing changed', () =>
    expect(packFrames(groups, first.frames).frames).toEqual(first.frames))
  it('moves nothing when frames come in another order', () =>
    expect(packFrames(groups.toReversed(), first.frames).frames).toEqual(first.frames))
  it('moves no standing frame when a new one appears', () => {
    const after = packFrames([...groups, group('d', 500, 400)], first.frames)
    for (const id of ['a', 'b', 'c']) expect(after.frames[id]).toEqual(first.frames[id])
    expectApart(after.frames)
  })
  it('moves no other frame when one grows into its neighbours', () => {
    const after = packFrames(
      [group('a', 900, 300), group('b', 1400, 700), group('c', 300, 100)],
      first.frames,
    )
    expect(after.frames.a).toEqual(first.frames.a)
    expect(after.frames.c).toEqual(first.frames.c)
    expectApart(after.frames)
  })
  it('lets a frame grow in its place where there is room', () => {
    const alone = packFrames([group('a', 300, 200)], {})
    expect(packFrames([group('a', 600, 500)], alone.frames).frames.a).toEqual({
      x: 0,
      y: 0,
      width: 600,
      height: 500,
    })
  })
  it('closes no gap when a frame goes', () => {
    const after = packFrames(groups.slice(1), first.frames)
    expect(after.frames.b).toEqual(first.frames.b)
    expect(after.frames.a).toBeUndefined()
  })
  it('gives nothing for nothing', () => expect(packFrames([], {})).toEqual({ frames: {}, places: {} }))

  const sizes = fc.array(fc.tuple(fc.integer({ min: 100, max: 1500 }), fc.integer({ min: 90, max: 900 })), {
    minLength: 1,
    maxLength: 20,
  })
  test.prop([sizes, sizes])('keeps frames apart, at first and after they all changed', (before, after) => {
    const make = (list: typeof before) => list.map(([width, height], i) => group(`g${i}`, width, height))
    const one = packFrames(make(before), {})
    expectApart(one.frames)
    expectApart(packFrames(make(after), one.frames).frames)
  })
})
