import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCommand } from '@/lib/emulator/exec/split-command'
import { makeMarks, quoteWord, readOutput, toCommand } from '@/lib/exec/script'

const secret = 'cafe0123'
const marks = makeMarks(secret)
/** As the agent would: split, then started without a shell. */
const run = (script: string): Buffer => {
  const [file = '', ...args] = splitCommand(toCommand(script, secret)) ?? []
  return execFileSync(file, args)
}

describe('a script in a session', () => {
  it('is found between what else the session says, with its exit code', () => {
    const raw = Buffer.concat([Buffer.from('Starting session …\r\n'), run('echo hi; exit 3')])
    expect(readOutput(raw, marks)).toEqual({ begun: true, output: Buffer.from('hi\n'), exitCode: 3 })
  })

  it('may end the shell, say nothing, or not end its last line', () => {
    expect(readOutput(run('exit 0'), marks)).toMatchObject({ output: Buffer.from(''), exitCode: 0 })
    expect(readOutput(run('printf a'), marks)).toMatchObject({ output: Buffer.from('a'), exitCode: 0 })
  })

  it('is not begun by the command itself, should a terminal show it', () => {
    expect(readOutput(Buffer.from(toCommand('echo hi', secret)), marks).begun).toBe(false)
  })

  it('gives bytes back as they were, although a terminal turns every line feed into two', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const body = Buffer.from(bytes).toString('latin1')
        const plain = `${marks.begin}\n${body}\n${marks.end}0\n`
        const raw = Buffer.from(plain.replaceAll('\n', '\r\n'), 'latin1')
        expect(readOutput(raw, marks)).toEqual({ begun: true, output: Buffer.from(bytes), exitCode: 0 })
      }),
    )
  })

  it('is read as far as it came', () => {
    const raw = run('echo one; echo two')
    for (let length = 0; length < raw.length; length++)
      expect(readOutput(raw.subarray(0, length), marks).exitCode).toBe(null)
  })

  it('is one word, whatever is in it', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
        (text) => {
          const said = execFileSync('sh', ['-c', `printf %s ${quoteWord(text)}`])
          expect(said.toString()).toBe(text)
        },
      ),
      { numRuns: 60 },
    )
    expect(() => quoteWord('a\0b')).toThrow(RangeError)
  })
})
