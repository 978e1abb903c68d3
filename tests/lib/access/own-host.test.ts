import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOwnHost, isOwnOrigin, ownHostsFrom } from '@/lib/access/own-host.mjs'

const own = ownHostsFrom({
  SWITCHBOARD_PORT: '3000',
  SWITCHBOARD_EXTRA_HOSTS: 'Box.lan:3000, console.example',
})

describe('the Host header', () => {
  it.each([
    'localhost:3000',
    'LOCALHOST:3000',
    '127.0.0.1:3000',
    '[::1]:3000',
    'box.lan:3000',
    'console.example',
  ])('%s is ours', (host) => {
    expect(isOwnHost(host, own)).toBe(true)
  })

  it.each([
    'evil.example',
    'evil.example:3000',
    'localhost',
    'localhost:3001',
    'localhost:80',
    'localhost.:3000',
    'localhost.evil.example:3000',
    'evil-localhost:3000',
    '127.0.0.1.evil.example:3000',
    '127.0.0.1.nip.io:3000',
    '127.1:3000',
    '127.0.0.2:3000',
    '0.0.0.0:3000',
    '2130706433:3000',
    '0x7f000001:3000',
    '0177.0.0.1:3000',
    '127.0.0.01:3000',
    '[::ffff:127.0.0.1]:3000',
    '[0:0:0:0:0:0:0:1]:3000',
    '[::]:3000',
    '::1:3000',
    'user@localhost:3000',
    'localhost:3000@evil.example',
    'localhost:3000,evil.example',
    'localhost:3000 evil.example',
    ' localhost:3000',
    'localhost:3000\t',
    'localhost:03000x',
    'localhost:',
    'localhost:-1',
    'localhost:999999',
    'http://localhost:3000',
    'localhost:3000/',
    'loc\u0430lhost:3000',
    'localhost\u0000:3000',
    'console.example:3000',
    'box.lan',
    '169.254.169.254',
    '',
  ])('%j is not ours', (host) => {
    expect(isOwnHost(host, own)).toBe(false)
  })

  it('is not ours when there is none', () => {
    expect(isOwnHost(undefined, own)).toBe(false)
    expect(isOwnHost(null, own)).toBe(false)
  })

  it('means port 80 without one', () => {
    const at80 = ownHostsFrom({ SWITCHBOARD_PORT: '80' })
    expect(isOwnHost('localhost', at80)).toBe(true)
    expect(isOwnHost('localhost:80', at80)).toBe(true)
  })

  it('may have any port in development, but no other name', () => {
    const development = ownHostsFrom({})
    expect(isOwnHost('localhost:4321', development)).toBe(true)
    expect(isOwnHost('evil.example:4321', development)).toBe(false)
  })

  it('is ours for nothing but the listed spellings', () => {
    const listed = new Set([
      'localhost:3000',
      '127.0.0.1:3000',
      '[::1]:3000',
      'box.lan:3000',
      'console.example',
    ])
    fc.assert(
      fc.property(
        fc.oneof(fc.domain(), fc.ipV4(), fc.ipV4Extended(), fc.ipV6(), fc.webAuthority(), fc.string()),
        fc.constantFrom('', ':3000', ':80'),
        (host, port) => {
          const text = `${host}${port}`
          expect(isOwnHost(text, own)).toBe(listed.has(text.toLowerCase()))
        },
      ),
      { numRuns: 5_000 },
    )
  })
})

describe('the Origin header', () => {
  const host = 'localhost:3000'

  it('is ours when it names the host that was asked', () => {
    expect(isOwnOrigin('http://localhost:3000', host, own)).toBe(true)
    expect(isOwnOrigin('HTTP://LOCALHOST:3000', host, own)).toBe(true)
    expect(isOwnOrigin('http://127.0.0.1:3000', '127.0.0.1:3000', own)).toBe(true)
  })

  it.each([
    null,
    undefined,
    '',
    'null',
    'http://evil.example',
    'http://localhost',
    'http://localhost:3001',
    'http://localhost:8080',
    'http://127.0.0.1:3000',
    'http://localhost:3000/',
    'http://localhost:3000.evil.example',
    'file://localhost:3000',
    'chrome-extension://localhost:3000',
    'http://localhost:3000, http://evil.example',
  ])('%j is not', (origin) => {
    expect(isOwnOrigin(origin, host, own)).toBe(false)
  })

  it('is not ours when it agrees with a foreign host', () => {
    expect(isOwnOrigin('http://evil.example', 'evil.example', own)).toBe(false)
  })
})
