import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCommand } from '@/lib/emulator/exec/split-command'
import { quoteWord, toCommand } from '@/lib/exec/script'

describe('an exec command', () => {
  it.each<[string, readonly string[] | undefined]>([
    ['/bin/sh', ['/bin/sh']],
    ['  ls   -la\t/\n', ['ls', '-la', '/']],
    [`sh -c 'echo "hi"; exit 3'`, ['sh', '-c', 'echo "hi"; exit 3']],
    [`echo "a b" 'c d'e\\ f`, ['echo', 'a b', 'c de f']],
    ['echo "a\\"b" \'\\\'', ['echo', 'a"b', '\\']],
    ["echo ''", ['echo', '']],
    // No shell looks at it: nothing is expanded and nothing is joined.
    ['echo $HOME; ls | wc && id > /tmp/x', ['echo', '$HOME;', 'ls', '|', 'wc', '&&', 'id', '>', '/tmp/x']],
    ['ls # what is there\n-a', ['ls', '-a']],
    ['a#b', ['a#b']],
    ["echo 'open", undefined],
    ['echo "open', undefined],
    ['echo \\', undefined],
    ['', []],
  ])('%j is split as the agent splits it', (command, words) => {
    expect(splitCommand(command)).toEqual(words)
  })

  it('gives back every word that was quoted', { timeout: 60_000 }, () => {
    const word = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        expect(splitCommand(words.map(quoteWord).join(' '))).toEqual(words)
      }),
    )
  })

  it('of the console is always a shell and one script', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('\0')),
        (script) => {
          const words = splitCommand(toCommand(script, 'cafe'))
          expect(words).toHaveLength(3)
          expect(words?.slice(0, 2)).toEqual(['sh', '-c'])
          expect(words?.[2]).toContain(script)
        },
      ),
    )
  })
})
