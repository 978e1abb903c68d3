import { execFileSync } from 'node:child_process'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { quoted, toCurl } from '@/lib/probe/curl'
import { fromByteStream, toByteStream, toLine } from '@/lib/probe/ndjson'
import { toReadable, toVisible } from '@/lib/probe/visible-text'

describe('text of an answer', () => {
  test.each([
    ['plain', 'plain'],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['dos\r\nline', 'dos\nline'],
    ['lone\rreturn', 'lone␍return'],
    ['nul\0', 'nul␀'],
    ['\u001b[31mred\u001b[0m', '␛[31mred␛[0m'],
    ['\u001b]52;c;aGk=\u0007', '␛]52;c;aGk=␇'],
    ['back\bspace', 'back␈space'],
    ['del\u007f', 'del␡'],
    ['c1\u009b31m', 'c1⟨U+009B⟩31m'],
    ['right\u202eto left', 'right⟨U+202E⟩to left'],
    ['iso\u2066late', 'iso⟨U+2066⟩late'],
    ['zero\u200bwidth', 'zero⟨U+200B⟩width'],
    ['mark\ufeff', 'mark⟨U+FEFF⟩'],
    ['line\u2028sep', 'line⟨U+2028⟩sep'],
    ['soft\u00adhyphen', 'soft⟨U+00AD⟩hyphen'],
    ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['Grüße 你好 🎉', 'Grüße 你好 🎉'],
  ])('%j is shown as %j', (text, shown) => {
    expect(toVisible(text)).toBe(shown)
  })

  property.prop([fc.string({ unit: 'binary' })])('holds nothing that moves or hides other text', (text) => {
    expect(toVisible(text)).not.toMatch(/(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })

  test('is indented when it is JSON', () => {
    expect(toReadable(' {"a":[1,2]} ')).toBe('{\n  "a": [\n    1,\n    2\n  ]\n}')
  })

  test('stays on one line when it is short and flat', () => {
    expect(toReadable('{"service":"backend-api","text":"two\\n  lines","n":null}')).toBe(
      '{ "service": "backend-api", "text": "two\\n  lines", "n": null }',
    )
  })

  test('shows control characters inside JSON, too', () => {
    expect(toReadable('{"a":"\\u202e"}')).toBe('{ "a": "⟨U+202E⟩" }')
  })

  test.each(['{"a":', '[1,2', '{not json}', '12', '"text"', 'text', ''])('%j stays as it is', (text) => {
    expect(toReadable(text)).toBe(text)
  })

  test('does not indent what is too deep or too long', () => {
    const deep = '['.repeat(50_000)
    expect(toReadable(deep)).toBe(deep)
    const long = `[${'1,'.repeat(50_000)}1]`
    expect(toReadable(long)).toBe(long)
  })
})

describe('the same call for a terminal', () => {
  test('names the service and pins it to the address that was called', () => {
    expect(
      toCurl({
        method: 'GET',
        host: 'backend-api.production.local',
        address: '127.10.0.12',
        port: 8080,
        path: '/api/data',
      }),
    ).toBe(
      'curl --silent --show-error --max-time 5 --globoff --resolve backend-api.production.local:8080:127.10.0.12 http://backend-api.production.local:8080/api/data',
    )
  })

  test('leaves port 80 out, and asks for headers only with HEAD', () => {
    expect(toCurl({ method: 'HEAD', host: '10.0.0.1', address: '10.0.0.1', port: 80, path: '/' })).toBe(
      'curl --silent --show-error --max-time 5 --globoff --head http://10.0.0.1/',
    )
  })

  test('writes IPv6 in brackets', () => {
    expect(toCurl({ method: 'POST', host: 'fd12::7', address: 'fd12::7', port: 8080, path: '/' })).toContain(
      "--request POST 'http://[fd12::7]:8080/'",
    )
    expect(toCurl({ method: 'GET', host: 'a.b', address: 'fd12::7', port: 8080, path: '/' })).toContain(
      "--resolve 'a.b:8080:[fd12::7]'",
    )
  })

  const argumentsInShell = (line: string): readonly string[] =>
    JSON.parse(
      execFileSync(
        '/bin/sh',
        ['-c', `curl() { node -e 'console.log(JSON.stringify(process.argv.slice(1)))' -- "$@"; }; ${line}`],
        { encoding: 'utf8' },
      ),
    )

  test.each([
    "/it's",
    '/$(touch /tmp/never)',
    '/`id`',
    '/a;b&c|d>e<f',
    '/"quoted"',
    '/$HOME?x=*&y=~',
    '/!history',
    '/{a,b}[1-3]',
    '/%27%20%24',
  ])('hands %s to curl unchanged', (path) => {
    const line = toCurl({
      method: 'GET',
      host: 'backend-api.production.local',
      address: '127.10.0.12',
      port: 8080,
      path,
    })
    expect(argumentsInShell(line).at(-1)).toBe(`http://backend-api.production.local:8080${path}`)
  })

  property.prop([fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))])(
    'quotes anything',
    (text) => {
      const inside = quoted(text)
      expect(inside === text || (inside.startsWith("'") && inside.endsWith("'"))).toBe(true)
      expect(inside.replaceAll("'\\''", '').replace(/^'|'$/g, '')).not.toContain(inside === text ? '$' : "'")
    },
  )
})

const bytes = (...parts: readonly string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part))
      controller.close()
    },
  })

const readAll = async (stream: ReadableStream<Uint8Array>) => {
  const values: unknown[] = []
  for await (const value of fromByteStream(stream)) values.push(value)
  return values
}

describe('events as lines', () => {
  test('survive the way there and back, whatever is in them', async () => {
    const events = [{ a: 'line\nbreak' }, { b: '\u2028 "quoted" 🎉' }, { c: null }]
    async function* source() {
      yield* events
    }
    expect(await readAll(toByteStream(source(), () => undefined))).toEqual(events)
  })

  test('may be cut anywhere on the way, in the middle of a character too', async () => {
    const line = new TextEncoder().encode(toLine({ text: 'Grüße 🎉' }))
    const single = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of line) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await readAll(single)).toEqual([{ text: 'Grüße 🎉' }])
  })

  test('leave out a last line that was cut', async () => {
    expect(await readAll(bytes('{"a":1}\n{"b":'))).toEqual([{ a: 1 }])
  })

  test('skip empty lines', async () => {
    expect(await readAll(bytes('\n{"a":1}\n\n'))).toEqual([{ a: 1 }])
  })

  test('refuse a line without end', async () => {
    await expect(readAll(bytes('x'.repeat(1_000_001)))).rejects.toThrow('too long')
  })

  test('are made only as fast as they are read', async () => {
    let made = 0
    async function* source() {
      for (;;) {
        made += 1
        yield { made }
      }
    }
    const reader = toByteStream(source(), () => undefined).getReader()
    await reader.read()
    await reader.read()
    await new Promise((resolve) => setImmediate(resolve))
    expect(made).toBeLessThanOrEqual(4)
    await reader.cancel()
  })

  test('tell their end once: when all is sent', async () => {
    const ends: unknown[] = []
    async function* source() {
      yield 1
    }
    await readAll(toByteStream(source(), (end) => ends.push(end)))
    expect(ends).toEqual([{ kind: 'sent' }])
  })

  test('tell their end once: when the reader goes', async () => {
    const ends: unknown[] = []
    async function* source() {
      for (;;) yield 1
    }
    const stream = toByteStream(source(), (end) => ends.push(end))
    for await (const value of fromByteStream(stream)) if (value === 1) break
    expect(ends).toEqual([{ kind: 'left' }])
  })

  test('tell their end once: with what went wrong', async () => {
    const ends: unknown[] = []
    const fault = new Error('a fault')
    async function* source() {
      yield 1
      throw fault
    }
    await expect(readAll(toByteStream(source(), (end) => ends.push(end)))).rejects.toBe(fault)
    expect(ends).toEqual([{ kind: 'failed', error: fault }])
  })
})
