import { describe, expect, it } from 'vitest'
import { readJsonBody } from '@/lib/plan/json-body'
import { MOST_BYTES, MOST_DEPTH } from '@/lib/plan/parse-json'

const ask = (body: BodyInit | null, type: string | null = 'application/json') =>
  readJsonBody(
    new Request('http://console/', {
      method: 'POST',
      body,
      headers: type === null ? {} : { 'content-type': type },
    }),
  )

async function refusalOf(...of: Parameters<typeof ask>) {
  const read = await ask(...of)
  if (!('refusal' in read)) throw new Error('It was taken.')
  const told: unknown = await read.refusal.json()
  return { status: read.refusal.status, told }
}

/** A body that comes in pieces; `taken`: how many were asked for. */
function inPieces(pieces: readonly Uint8Array[]) {
  let taken = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[taken]
        taken += 1
        if (piece) controller.enqueue(piece)
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  // A stream as body needs `duplex`, which the types do not know yet.
  const init = { method: 'POST', body, headers: { 'content-type': 'application/json' }, duplex: 'half' }
  return { request: new Request('http://console/', init), taken: () => taken }
}

describe('the JSON of a request', () => {
  it.each(['application/json', 'Application/JSON; charset=utf-8'])('is read as %s', async (type) => {
    expect(await ask('{"a":[1,null]}', type)).toEqual({ value: { a: [1, null] } })
  })

  it('is the same when a character comes in two pieces', async () => {
    const bytes = new TextEncoder().encode('"größe"')
    const { request } = inPieces([bytes.slice(0, 4), bytes.slice(4)])
    expect(await readJsonBody(request)).toEqual({ value: 'größe' })
  })

  it.each([null, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'is refused as %s, which a foreign page may send',
    async (type) => {
      expect(await refusalOf('{}', type)).toMatchObject({ status: 415, told: { error: { code: 'NotJson' } } })
    },
  )

  it.each(['', '{', 'nonsense', '{"a":1}{"b":2}'])('is refused when it is none: %j', async (body) => {
    expect(await refusalOf(body)).toMatchObject({ status: 400, told: { error: { code: 'NotJson' } } })
  })

  it('is refused when it is too large, and no more is read than that takes', async () => {
    const piece = new Uint8Array(MOST_BYTES).fill(32)
    const { request, taken } = inPieces(Array.from({ length: 100 }, () => piece))
    const read = await readJsonBody(request)
    expect('refusal' in read && read.refusal.status).toBe(413)
    expect(taken()).toBeLessThan(6)
  })

  it('is refused when it nests too deep', async () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
    expect(await refusalOf(nested(MOST_DEPTH + 2))).toMatchObject({
      status: 400,
      told: { error: { code: 'TooDeep' } },
    })
    expect(await ask(nested(MOST_DEPTH))).toHaveProperty('value')
  })
})
