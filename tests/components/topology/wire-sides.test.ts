import { describe, expect, it } from 'vitest'
import { chooseSides } from '@/components/topology/wire-sides'

const from = { x: 1000, y: 1000 }

describe('chooseSides', () => {
  it.each([
    ['forward', { x: 1332, y: 1000 }, { source: 'right', target: 'left' }],
    ['forward and far below', { x: 1332, y: 3000 }, { source: 'right', target: 'left' }],
    ['straight below', { x: 1000, y: 1108 }, { source: 'bottom', target: 'top' }],
    ['above, half a card aside', { x: 1100, y: 500 }, { source: 'top', target: 'bottom' }],
    ['back on the same row', { x: 600, y: 1010 }, { source: 'left', target: 'right' }],
    [
      'back and up, apart from the lines that go forth',
      { x: 600, y: 400 },
      { source: 'top', target: 'bottom' },
    ],
    ['back and down', { x: 600, y: 1400 }, { source: 'bottom', target: 'top' }],
  ])('%s', (_name, to, sides) => expect(chooseSides(from, to)).toEqual(sides))
})
