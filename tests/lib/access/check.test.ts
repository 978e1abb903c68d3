import { describe, expect, it } from 'vitest'
import { type Asking, checkAccess } from '@/lib/access/check'
import { allows, type Role, roles } from '@/lib/access/role'
import { isToken, sessionCookie, sessionOf, signSession } from '@/lib/access/session'
import { accessFromEnv } from '@/lib/access/settings'

const base = { SWITCHBOARD_PORT: '3000', SWITCHBOARD_TOKEN: 'a-token-that-is-long-enough' }
const open = accessFromEnv({ ...base, SWITCHBOARD_TARGET: 'local' })
const closed = accessFromEnv({ ...base, SWITCHBOARD_TARGET: 'aws' })
const readOnly = accessFromEnv({ ...base, SWITCHBOARD_TARGET: 'local', SWITCHBOARD_READ_ONLY: '1' })

const own = { host: 'localhost:3000' }
const change = { ...own, origin: 'http://localhost:3000' }

function asking(isChange: boolean, headers: Record<string, string>, cookie?: string): Asking {
  return {
    isChange,
    header: (name) => headers[name] ?? null,
    cookie: (name) => (name === 'switchboard-session-3000' ? cookie : undefined),
  }
}
const refusedAs = async (ask: Asking, role: Role, settings = open) =>
  (await checkAccess(ask, role, settings)).refusal?.code ?? 'allowed'

describe('how people get in', () => {
  it('is open only for the local cloud', () => {
    expect(open.mode).toBe('open')
    for (const target of ['aws', 'endpoint'])
      expect(accessFromEnv({ ...base, SWITCHBOARD_TARGET: target, SWITCHBOARD_ACCESS: 'open' }).mode).toBe(
        'token',
      )
    expect(accessFromEnv({ ...base, SWITCHBOARD_ACCESS: 'token' }).mode).toBe('token')
    expect(accessFromEnv({ ...base, SWITCHBOARD_ACCESS: 'anything' }).mode).toBe('token')
  })

  it('is shut when the token is missing or short', () => {
    for (const token of [undefined, '', 'short']) {
      const settings = accessFromEnv({ SWITCHBOARD_TARGET: 'aws', SWITCHBOARD_TOKEN: token })
      expect(settings.token).toBeNull()
      expect(isToken(token ?? '', settings)).toBe(false)
    }
  })

  it('takes exactly the token', () => {
    expect(isToken('a-token-that-is-long-enough', closed)).toBe(true)
    for (const wrong of [
      null,
      '',
      'a-token-that-is-long-enoug',
      'a-token-that-is-long-enough ',
      'A-token-that-is-long-enough',
    ])
      expect(isToken(wrong, closed)).toBe(false)
  })
})

describe('the role a request has', () => {
  it('orders roles', () => {
    const matrix = roles.map((held) => roles.map((needed) => allows(held, needed)))
    expect(matrix).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ])
  })

  it('lets reads without a session pass in open mode, and no change', async () => {
    expect(await refusedAs(asking(false, own), 'viewer')).toBe('allowed')
    expect(await refusedAs(asking(false, own), 'operator')).toBe('ReadOnly')
    expect(await refusedAs(asking(true, change), 'viewer')).toBe('NoSession')
    expect(await refusedAs(asking(true, change), 'operator')).toBe('NoSession')
  })

  it('lets nothing but anonymous routes pass without a session in token mode', async () => {
    expect(await refusedAs(asking(false, own), 'anonymous', closed)).toBe('allowed')
    expect(await refusedAs(asking(false, own), 'viewer', closed)).toBe('NoSession')
    expect(await refusedAs(asking(true, change), 'operator', closed)).toBe('NoSession')
  })

  it('is what the session says', async () => {
    const operator = await signSession('operator')
    const viewer = await signSession('viewer')
    expect(await refusedAs(asking(true, change, operator), 'operator', closed)).toBe('allowed')
    expect(await refusedAs(asking(true, change, viewer), 'operator', closed)).toBe('ReadOnly')
    expect(await refusedAs(asking(false, own, viewer), 'viewer', closed)).toBe('allowed')
  })

  it('belongs to one browser: two that come in at the same moment are told apart', async () => {
    const cookies = await Promise.all([signSession('operator'), signSession('operator')])
    const verdicts = await Promise.all(
      cookies.map((cookie) => checkAccess(asking(true, change, cookie), 'operator', open)),
    )
    const ids = verdicts.map((verdict) => verdict.refusal === null && verdict.sessionId)
    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)])
    expect(ids[0]).not.toBe(ids[1])
  })

  it('is one session however its cookie is spelled', async () => {
    const good = await signSession('operator')
    const { id } = await sessionOf(good)
    // The last character of a signature holds two bits that mean nothing.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet.indexOf(good.at(-1) ?? '')
    const spellings = [0, 1, 2, 3].map((bits) => good.slice(0, -1) + alphabet[(last & ~3) | bits])
    expect(new Set(spellings).size).toBe(4)
    for (const cookie of spellings) expect([id, null]).toContain((await sessionOf(cookie)).id)
  })

  it('is never more than viewer in a read-only console', async () => {
    const operator = await signSession('operator')
    expect(await refusedAs(asking(true, change, operator), 'operator', readOnly)).toBe('ReadOnly')
    expect(await refusedAs(asking(false, own, operator), 'viewer', readOnly)).toBe('allowed')
  })

  it('is anonymous for every forged cookie', async () => {
    const good = await signSession('operator')
    const [head = '', payload = '', signature = ''] = good.split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    const root = Buffer.from('{"role":"operator","iss":"switchboard","exp":9999999999}').toString('base64url')
    const forged = [
      '',
      'operator',
      'a.b.c',
      `${head}.${payload}.`,
      `${head}.${root}.${signature}`,
      `${none}.${root}.`,
      `${none}.${payload}.${signature}`,
      `${good}x`,
      good.slice(0, -2),
    ]
    for (const cookie of forged) expect(await sessionOf(cookie)).toEqual({ role: 'anonymous', id: null })
    expect((await sessionOf(good)).role).toBe('operator')
  })

  it('lives in a cookie that scripts cannot read and other sites cannot send', () => {
    expect(sessionCookie('name', 'value')).toBe('name=value; Path=/; HttpOnly; SameSite=Strict')
  })
})

describe('where a request comes from', () => {
  const operator = signSession('operator')

  it.each<[string, Record<string, string>, string]>([
    ['same origin', change, 'allowed'],
    ['no origin', own, 'MissingOrigin'],
    ['null origin', { ...own, origin: 'null' }, 'ForeignOrigin'],
    ['foreign origin', { ...own, origin: 'http://evil.example' }, 'ForeignOrigin'],
    ['rebound name', { host: 'evil.example', origin: 'http://evil.example' }, 'ForeignHost'],
    [
      'forged forwarding',
      { ...own, origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' },
      'ForeignForwardedHost',
    ],
    ['another port of this machine', { ...own, origin: 'http://localhost:8080' }, 'ForeignOrigin'],
  ])('decides a change: %s', async (_name, headers, code) => {
    expect(await refusedAs(asking(true, headers, await operator), 'operator')).toBe(code)
  })

  it('takes a forwarded host that is the host itself, as Next sets it', async () => {
    const headers = { ...change, 'x-forwarded-host': 'localhost:3000' }
    expect(await refusedAs(asking(true, headers, await operator), 'operator')).toBe('allowed')
  })

  it.each<[string, Record<string, string>, string]>([
    ['a page of ours', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, 'allowed'],
    ['typed into the address bar', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, 'allowed'],
    ['a link on another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 'allowed'],
    [
      'an image on another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      'ForeignSite',
    ],
    ['a page on another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, 'ForeignSite'],
    ['curl', {}, 'allowed'],
  ])('decides a read: %s', async (_name, headers, code) => {
    expect(await refusedAs(asking(false, { ...own, ...headers }), 'viewer')).toBe(code)
  })

  it('answers 421 to foreign hosts and 403 to foreign origins', async () => {
    const foreign = await checkAccess(asking(false, { host: 'evil.example' }), 'anonymous', open)
    expect(foreign.refusal).toMatchObject({
      status: 421,
      remedy: expect.stringContaining('http://localhost:3000'),
    })
    const origin = await checkAccess(asking(true, own), 'anonymous', open)
    expect(origin.refusal?.status).toBe(403)
  })
})
