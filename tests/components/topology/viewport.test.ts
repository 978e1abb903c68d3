import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import {
  boundsOf,
  fitMap,
  fitsWindow,
  panToCard,
  panToFollow,
  panToKeep,
  zooms,
} from '@/components/topology/viewport'

const window = { width: 1000, height: 800, coveredRight: 0, coveredTop: 48 }
const still = { x: 0, y: 0, zoom: 1 }

describe('panToCard', () => {
  it('stays where it is when the card is in sight', () =>
    expect(panToCard({ x: 300, y: 300 }, still, window)).toBeNull())
  it('moves just enough to the left', () =>
    expect(panToCard({ x: 900, y: 300 }, still, window)).toEqual({ x: -164, y: 0, zoom: 1 }))
  it('counts what the inspector covers', () =>
    expect(panToCard({ x: 500, y: 300 }, still, { ...window, coveredRight: 364 })).toEqual({
      x: -128,
      y: 0,
      zoom: 1,
    }))
  it('brings a card out from under the toolbar', () =>
    expect(panToCard({ x: 300, y: 10 }, still, window)).toEqual({ x: 0, y: 62, zoom: 1 }))
  it('works at another zoom', () =>
    expect(panToCard({ x: 3000, y: 300 }, { x: 0, y: 0, zoom: 0.5 }, window)?.x).toBe(-644))
  it('shows the start of a card that is larger than the window', () =>
    expect(panToCard({ x: 500, y: 100 }, { x: 0, y: 0, zoom: 1 }, { ...window, width: 150 })?.x).toBe(-476))

  const coordinate = fc.integer({ min: -5000, max: 5000 })
  test.prop([coordinate, coordinate, fc.double({ min: 0.1, max: 1.6, noNaN: true })])(
    'needs to be asked only once',
    (x, y, zoom) => {
      const once = panToCard({ x, y }, { x: 0, y: 0, zoom }, window)
      const twice = once && panToCard({ x, y }, once, window)
      const drift = twice && once ? Math.abs(twice.x - once.x) + Math.abs(twice.y - once.y) : 0
      expect(drift).toBeLessThan(1e-6)
    },
  )
})

describe('panToKeep', () => {
  const place = { x: 300, y: 500 }
  it('stays where it is while the card is in sight', () =>
    expect(panToKeep(place, still, window, { ...window, width: 800 })).toBeNull())
  it('brings a card back that the drawer or the inspector came over', () => {
    expect(panToKeep(place, still, window, { ...window, height: 560 })).toEqual({ x: 0, y: -80, zoom: 1 })
    expect(panToKeep(place, still, window, { ...window, coveredRight: 500 })?.x).toBe(-64)
  })
  it('leaves a card alone that was out of sight before', () =>
    expect(panToKeep({ x: 300, y: 790 }, still, window, { ...window, height: 560 })).toBeNull())
})

describe('panToFollow', () => {
  const seen = { x: 300, y: 300 }
  it('goes after a card that was put out of sight', () =>
    expect(panToFollow(seen, { x: 900, y: 300 }, still, window)?.x).toBe(-164))
  it('stays where it is while the card is in sight', () =>
    expect(panToFollow(seen, { x: 500, y: 300 }, still, window)).toBeNull())
  it('leaves a card alone that was out of sight before', () =>
    expect(panToFollow({ x: 2000, y: 300 }, { x: 900, y: 300 }, still, window)).toBeNull())
})

describe('fitMap', () => {
  it('never enlarges a small map', () =>
    expect(fitMap({ x: 0, y: 0, width: 100, height: 100 }, window).zoom).toBe(1))
  it('puts a small map into the middle of what is free', () => {
    const { x } = fitMap({ x: 0, y: 0, width: 100, height: 100 }, { ...window, coveredRight: 400 })
    // Half way between the buttons at the left and what is covered at the right.
    expect(x + 50).toBe(314)
  })
  it('goes no further out than one can zoom', () =>
    expect(fitMap({ x: 0, y: 0, width: 1e6, height: 1e6 }, window).zoom).toBe(zooms.least))

  const size = fc.integer({ min: 1, max: 12_000 })
  test.prop([size, size, fc.integer({ min: -3000, max: 3000 })])(
    'always has all in sight',
    (width, height, x) => {
      const bounds = { x, y: -x, width, height }
      expect(fitsWindow(bounds, fitMap(bounds, window), window)).toBe(true)
    },
  )
})

describe('boundsOf', () => {
  it('is nothing for an empty map', () => expect(boundsOf({ frames: {}, places: {}, turn: 0 })).toBeNull())
  it('goes around frames and cards', () =>
    expect(
      boundsOf({
        frames: { a: { x: 0, y: 0, width: 100, height: 50 } },
        places: { s: { x: -40, y: 200 } },
        turn: 1,
      }),
    ).toEqual({ x: -40, y: 0, width: 240, height: 288 }))
})
