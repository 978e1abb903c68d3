import { describe, expect, it } from 'vitest'
import { defaultConfig } from '@/lib/emulator/config'
import { type Control, makeControlRoute } from '@/lib/emulator/control/routes'
import { StoreError } from '@/lib/emulator/store/store-error'

const setUp = (state?: Control['state']) => {
  let resets = 0
  const route = makeControlRoute({
    config: defaultConfig,
    dns: () => ({ host: '127.0.0.1', port: 5353 }),
    pid: 42,
    lowestPort: () => 1024,
    inventory: () => ({ empty: true, regions: [] }),
    state,
    reset: async () => {
      resets += 1
    },
  })
  return {
    route: (method: string, path: string, contentType: string | undefined) =>
      route(method, path, contentType, ''),
    resets: () => resets,
  }
}

describe('the control routes', () => {
  it('tell the health', async () => {
    const answer = await setUp().route('GET', '/_local/health', undefined)
    expect(answer?.status).toBe(200)
    expect(JSON.parse(answer?.body ?? '')).toEqual({
      status: 'ok',
      service: 'switchboard-local-cloud',
      runtime: 'process',
      dns: { host: '127.0.0.1', port: 5353 },
      strict: false,
      accountId: '000000000000',
      region: 'us-east-1',
      pid: 42,
      faults: false,
      lowestPort: 1024,
      restored: false,
      state: null,
    })
  })

  it('tell where the state is kept, whether it was there before, and what is wrong with it', async () => {
    const { route } = setUp({
      folder: '/var/tmp/state',
      restored: true,
      keeper: { failure: new StoreError('StateNotWritten', 'The disk is full.') },
    })
    const answer = await route('GET', '/_local/health', undefined)
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({
      restored: true,
      state: { folder: '/var/tmp/state', failure: 'The disk is full.' },
    })
  })

  it.each([undefined, 'application/json', 'application/x-amz-json-1.1'])(
    'reset for the content type %s',
    async (type) => {
      const { route, resets } = setUp()
      expect((await route('POST', '/_local/reset', type))?.status).toBe(200)
      expect(resets()).toBe(1)
    },
  )

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'do not reset for the content type %s, which any page could send',
    async (type) => {
      const { route, resets } = setUp()
      expect((await route('POST', '/_local/reset', type))?.status).toBe(415)
      expect(resets()).toBe(0)
    },
  )

  it('count what there is', async () => {
    const answer = await setUp().route('GET', '/_local/inventory', undefined)
    expect(JSON.parse(answer?.body ?? '')).toEqual({ empty: true, regions: [] })
    expect((await setUp().route('DELETE', '/_local/inventory', undefined))?.status).toBe(405)
  })

  it('refuse other methods and know no other path', async () => {
    const { route, resets } = setUp()
    expect((await route('GET', '/_local/reset', undefined))?.status).toBe(405)
    expect((await route('POST', '/_local/health', undefined))?.status).toBe(405)
    expect(await route('GET', '/_local/nope', undefined)).toBeUndefined()
    expect(resets()).toBe(0)
  })

  it.each(['GET', 'POST', 'DELETE'])('have no faults to %s unless started with them', async (method) => {
    const answer = await setUp().route(method, '/_local/faults', 'application/json')
    expect(answer?.status).toBe(404)
    expect(answer?.body).toContain('--faults')
  })
})
