import { describe, expect, it } from 'vitest'
import { nextTyped, nothingTyped, startTypeAhead, type Typed } from '@/components/shell/type-ahead'

const press = (key: string, own: Partial<KeyboardEvent> = {}) => ({
  key,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  ...own,
})
const type = (...keys: string[]): Typed =>
  keys.reduce((typed: Typed, key) => nextTyped(typed, press(key)) ?? typed, nothingTyped)

describe('what is typed before the palette is there', () => {
  it('is kept, letter by letter', () => {
    expect(type('b', 'a', 'c', 'k', ' ', 'ß', '☁')).toEqual({ text: 'back ß☁', entered: false, left: false })
  })

  it('can be taken back, whole characters at a time', () => {
    expect(type('a', '🙂', 'Backspace').text).toBe('a')
    expect(type('Backspace').text).toBe('')
  })

  it('remembers Enter, and takes nothing more after it', () => {
    expect(type('a', 'Enter', 'b')).toEqual({ text: 'a', entered: true, left: false })
  })

  it('does not act on Enter alone', () => {
    expect(type(' ', 'Enter').entered).toBe(false)
  })

  it('remembers Escape', () => {
    expect(type('a', 'Escape').left).toBe(true)
  })

  it('leaves commands and other keys alone', () => {
    expect(nextTyped(nothingTyped, press('r', { ctrlKey: true }))).toBe(null)
    expect(nextTyped(nothingTyped, press('k', { metaKey: true }))).toBe(null)
    expect(nextTyped(nothingTyped, press('Tab'))).toBe(null)
    expect(nextTyped(nothingTyped, press('F5'))).toBe(null)
  })

  it('reaches nobody else, until it is taken', () => {
    const target = new EventTarget()
    const ahead = startTypeAhead(target as unknown as Window)
    const send = (key: string) => {
      const event = Object.assign(new Event('keydown', { cancelable: true }), press(key))
      target.dispatchEvent(event)
      return { isKept: event.defaultPrevented, goesOn: !event.cancelBubble }
    }
    expect(send('f')).toEqual({ isKept: true, goesOn: false })
    expect(send('Tab')).toEqual({ isKept: false, goesOn: true })
    expect(ahead.take().text).toBe('f')
    expect(send('g')).toEqual({ isKept: false, goesOn: true })
    expect(ahead.take()).toEqual(nothingTyped)
  })
})
