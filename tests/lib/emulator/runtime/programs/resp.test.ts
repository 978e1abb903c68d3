import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bulk, failure, readCommand } from '@/lib/emulator/runtime/programs/resp.mjs'

const read = (text: string) => readCommand(Buffer.from(text))
const encode = (words: readonly string[]) =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`

describe('commands of Redis', () => {
  it('come as arrays, as clients send them', () => {
    expect(read(encode(['SET', 'key', 'two words\r\nand a line']))).toEqual({
      words: ['SET', 'key', 'two words\r\nand a line'],
      length: Buffer.byteLength(encode(['SET', 'key', 'two words\r\nand a line'])),
    })
  })

  it('come as lines, as people type them', () => {
    expect(read('incr  pageviews\r\nget pageviews\r\n')).toEqual({ words: ['incr', 'pageviews'], length: 17 })
    expect(read('\r\n')).toEqual({ words: [], length: 2 })
  })

  it('are waited for until they are whole, wherever they are cut', () => {
    const whole = encode(['INCR', 'pageviews', 'ü'])
    const bytes = Buffer.from(whole)
    for (let end = 0; end < bytes.length; end += 1) {
      expect(readCommand(bytes.subarray(0, end))).toBeUndefined()
    }
    expect(readCommand(bytes)?.words).toEqual(['INCR', 'pageviews', 'ü'])
  })

  it.each([
    '*-1\r\n',
    '*1000000\r\n',
    '*x\r\n',
    '*1\r\nPING\r\n',
    '*1\r\n$-4\r\nPING\r\n',
    '*1\r\n$99999999\r\n',
  ])('of the form %j are refused', (text) => {
    expect(() => read(text)).toThrow('Protocol error')
  })

  it('survive any words', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 6 }), (words) => {
        expect(read(encode(words))?.words).toEqual(words)
      }),
    )
  })

  it('are answered with one line whatever an error says', () => {
    expect(failure('a\r\nb')).toBe('-ERR a  b\r\n')
    expect(bulk('ü')).toBe('$2\r\nü\r\n')
  })
})
