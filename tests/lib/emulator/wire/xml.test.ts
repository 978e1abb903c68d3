import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeXml, toXml } from '@/lib/emulator/wire/xml'

describe('XML answers', () => {
  it('write members as elements, lists as items, and leave out what is not there', () => {
    expect(toXml({ a: 'x', b: 1, c: true, d: undefined, set: [{ id: '1' }, { id: '2' }] })).toBe(
      '<a>x</a><b>1</b><c>true</c><set><item><id>1</id></item><item><id>2</id></item></set>',
    )
  })

  it('escape what would be markup', () => {
    expect(toXml({ a: `<b>&"'` })).toBe('<a>&lt;b&gt;&amp;&quot;&apos;</a>')
  })

  it('never let text become markup or a character that XML does not have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeXml(text)
        expect(escaped).not.toMatch(/[<>"']/)
        expect(escaped.replace(/&(amp|lt|gt|quot|apos);/g, '')).not.toContain('&')
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone
        expect(escaped).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
      }),
    )
  })
})
