import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../../app/globals.css', import.meta.url), 'utf8')

function tokensIn(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('\n}', start))
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  )
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const text: readonly (readonly [string, readonly string[]])[] = [
  ['ink', ['surface', 'raised', 'sunk', 'accent-soft', 'warn-soft', 'bad-soft']],
  ['ink-soft', ['surface', 'raised', 'sunk', 'accent-soft']],
  ['accent-ink', ['raised', 'accent-soft']],
  ['on-accent', ['accent', 'accent-hover']],
  ['on-bad', ['bad', 'bad-hover']],
  ['ok-ink', ['ok-soft', 'raised']],
  ['busy-ink', ['busy-soft', 'raised']],
  ['warn-ink', ['warn-soft', 'raised']],
  ['bad-ink', ['bad-soft', 'raised']],
  ['off-ink', ['off-soft', 'raised']],
]
const shapes = ['ok', 'busy', 'warn', 'bad', 'off', 'accent']

describe.each([
  ['light', ':root'],
  ['dark', '[data-theme="dark"]'],
])('%s', (_theme, selector) => {
  const tokens = tokensIn(selector)
  const colour = (name: string) => {
    const value = tokens.get(name)
    if (!value) throw new Error(`${selector} has no --${name}`)
    return value
  }

  it.each(text.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground] as const)))(
    'text %s on %s meets AA',
    (ink, ground) => expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5),
  )
  it.each(shapes)('the shape colour %s stands out from a card', (name) =>
    expect(contrast(colour(name), colour('raised'))).toBeGreaterThanOrEqual(3),
  )
})

describe('tokens', () => {
  it('give the same colours in both themes, so that no component has to ask which one it is', () => {
    const names = (selector: string) => [...tokensIn(selector).keys()].sort()
    expect(names('[data-theme="dark"]')).toEqual(names(':root'))
  })
})
