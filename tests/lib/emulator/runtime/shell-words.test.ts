import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellWords } from '@/lib/emulator/runtime/shell-words'

const environment = { PORT: '8080', EMPTY: '', BLANK: 'a b' }

describe('words of a simple command', () => {
  it.each([
    ['a b  c', ['a', 'b', 'c']],
    ["a 'b c' d", ['a', 'b c', 'd']],
    ['a "b c"', ['a', 'b c']],
    ['a"b"\'c\'d', ['abcd']],
    ['a \\"b\\ c', ['a', '"b c']],
    ['a "\\$x \\" \\\\ \\n"', ['a', '$x " \\ \\n']],
    [`a $PORT "\${PORT}x" '$PORT'`, ['a', '8080', '8080x', '$PORT']],
    ['a "$BLANK"', ['a', 'a b']],
    ['a ""', ['a', '']],
    ['curl http://h/?a=1', ['curl', 'http://h/?a=1']],
    ['a || exit 1', ['a']],
    ['a >/dev/null 2>&1 || exit 1', ['a']],
  ])('%s', (script, words) => {
    expect(shellWords(script, environment)).toEqual(words)
  })

  it.each([
    'a | b',
    'a && b',
    'a; b',
    'a &',
    'a > file',
    'a < file',
    'a $(b)',
    'a `b`',
    'a "$(b)"',
    'a "`b`"',
    'a *.txt',
    'a [b]',
    'a ?',
    '! a',
    'a\nb',
    'a ~',
    'a $BLANK',
    'a $1',
    "a 'open",
    'a "open',
    'a \\',
    'A=1 b',
    'a || exit 0',
    'a || b',
    'a # b',
  ])('are not guessed for %j', (script) => {
    expect(shellWords(script, environment)).toBeUndefined()
  })
})

it('are those that a real shell makes', () => {
  const piece = fc.constantFrom(
    'a',
    'b-c',
    ' ',
    '  ',
    '"',
    "'",
    '\\',
    '$PORT',
    `\${PORT}`,
    '$',
    '/',
    ':',
    '=',
    '%',
    ',',
    '.',
    '$EMPTY',
  )
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 10 }), (pieces) => {
      const script = `x ${pieces.join('')}`
      const words = shellWords(script, environment)
      if (!words) return
      const printed = execFileSync(
        'sh',
        ['-c', `x() { for one in "$@"; do printf '%s\\0' "$one"; done; }; ${script}`],
        {
          env: { ...process.env, ...environment },
        },
      )
      expect(printed.toString().split('\0').slice(0, -1)).toEqual(words.slice(1))
    }),
    { numRuns: 150 },
  )
})
