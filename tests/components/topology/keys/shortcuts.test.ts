import { describe, expect, it } from 'vitest'
import { type FocusPlace, readShortcut, shortcutHelp } from '@/components/topology/keys/shortcuts'

const press = (key: string, place: FocusPlace = 'map', more: { primary?: boolean; alt?: boolean } = {}) => ({
  key,
  place,
  primary: false,
  alt: false,
  ...more,
})
const places: readonly FocusPlace[] = ['map', 'control', 'layer', 'text']

describe('readShortcut', () => {
  it.each([
    ['/', 'search'],
    ['?', 'help'],
    ['t', 'toggle-view'],
    ['v', 'toggle-view'],
    ['f', 'fit'],
    ['c', 'call'],
    ['s', 'scale'],
    ['d', 'theme'],
    ['+', 'zoom-in'],
    ['=', 'zoom-in'],
    ['-', 'zoom-out'],
    ['Enter', 'open'],
    ['Escape', 'close'],
  ])('takes %s as %s', (key, kind) => expect(readShortcut(press(key), true)).toEqual({ kind }))
  it('takes arrows as moves', () =>
    expect(readShortcut(press('ArrowLeft'), true)).toEqual({ kind: 'move', direction: 'left' }))
  it.each(['/', '?', 't', 'v', 'f', 'c', 's', 'd', '+', '-'])(
    'leaves %s alone once single keys are off',
    (key) => expect(readShortcut(press(key), false)).toBeNull(),
  )
  it('keeps arrows, Enter, Escape and the palette when single keys are off', () => {
    for (const key of ['ArrowUp', 'Enter', 'Escape']) expect(readShortcut(press(key), false)).not.toBeNull()
    expect(readShortcut(press('k', 'map', { primary: true }), false)).toEqual({ kind: 'palette' })
  })
  it('types letters into fields and never takes them from menus and dialogs', () => {
    for (const key of ['/', 'c', 'Enter', 'Escape', 'ArrowDown']) {
      expect(readShortcut(press(key, 'text'), true)).toBeNull()
      expect(readShortcut(press(key, 'layer'), true)).toBeNull()
    }
  })
  it('leaves arrows and Enter to the button that has the focus, but not letters', () => {
    expect(readShortcut(press('ArrowDown', 'control'), true)).toBeNull()
    expect(readShortcut(press('Enter', 'control'), true)).toBeNull()
    expect(readShortcut(press('c', 'control'), true)).toEqual({ kind: 'call' })
  })
  it('opens the palette from anywhere, with either key and with Shift Lock on', () => {
    for (const place of places) {
      expect(readShortcut(press('k', place, { primary: true }), true)).toEqual({ kind: 'palette' })
    }
    expect(readShortcut(press('K', 'map', { primary: true }), true)).toEqual({ kind: 'palette' })
  })
  it.each(['c', 'f', 't', '+', 'ArrowLeft'])('leaves the browser its own shortcut with %s', (key) => {
    expect(readShortcut(press(key, 'map', { primary: true }), true)).toBeNull()
    expect(readShortcut(press(key, 'map', { alt: true }), true)).toBeNull()
  })
  it.each(['constructor', '__proto__', 'toString', 'x', 'Tab', 'F5'])('does not know %s', (key) =>
    expect(readShortcut(press(key), true)).toBeNull(),
  )
})

describe('shortcutHelp', () => {
  it('lists no key that does nothing', () => {
    const plain: Record<string, string> = {
      '−': '-',
      Esc: 'Escape',
      '←': 'ArrowLeft',
      '→': 'ArrowRight',
      '↑': 'ArrowUp',
      '↓': 'ArrowDown',
    }
    for (const { keys, single } of shortcutHelp) {
      for (const key of keys.filter((each) => !each.includes('K'))) {
        expect(readShortcut(press(plain[key] ?? key), true), key).not.toBeNull()
        expect(readShortcut(press(plain[key] ?? key), false) === null, key).toBe(single)
      }
    }
  })
})
