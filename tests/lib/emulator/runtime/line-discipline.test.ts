import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeLineDiscipline } from '@/lib/emulator/runtime/line-discipline'

const typed = (...parts: readonly string[]) => {
  const line = makeLineDiscipline()
  const all = parts.map((part) => line.take(Buffer.from(part)))
  return {
    input: all.map(({ input }) => input.toString()).join(''),
    echo: all.map(({ echo }) => echo.toString()).join(''),
    signals: all.flatMap(({ signal }) => signal ?? []),
    ended: all.some(({ end }) => end),
  }
}

describe('keys where there is no terminal', () => {
  it('are shown, and handed over by the line', () => {
    expect(typed('l', 's', '\r')).toMatchObject({ input: 'ls\n', echo: 'ls\r\n' })
    expect(typed('ls').input).toBe('')
  })

  it('can be corrected', () => {
    expect(typed('lx\x7fs\r').input).toBe('ls\n')
    expect(typed('\x7f\x08ok\r')).toMatchObject({ input: 'ok\n', echo: 'ok\r\n' })
    expect(typed('rm -rf\x15ls\r').input).toBe('ls\n')
  })

  it('interrupt, quit and end the input', () => {
    expect(typed('abc\x03')).toMatchObject({ input: '', signals: ['SIGINT'], ended: false })
    expect(typed('\x1c').signals).toEqual(['SIGQUIT'])
    expect(typed('\x04').ended).toBe(true)
    expect(typed('abc\x04')).toMatchObject({ input: 'abc', ended: false })
  })

  it('hold no more than a line may be long', () => {
    expect(typed('x'.repeat(10_000), '\r').input).toHaveLength(4_097)
  })

  it('give the same however they are cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'é', '\r', '\x7f', '\x15', '\n')), (keys) => {
        const whole = typed(keys.join(''))
        const pieces = typed(...keys)
        expect(pieces.input).toBe(whole.input)
        expect(pieces.echo).toBe(whole.echo)
      }),
    )
  })
})
